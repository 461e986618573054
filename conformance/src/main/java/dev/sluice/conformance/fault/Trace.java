package dev.sluice.conformance.fault;

import dev.sluice.conformance.LeftOutException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a process asked of its kernel, as `strace` recorded it.
///
/// @param calls in the order they ended
record Trace(List<Call> calls) {
    private static final Pattern WHOLE = Pattern.compile("(\\d+) +(\\w+)\\((.*)\\) += (\\S+).*");
    private static final Pattern BEGUN =
            Pattern.compile("(\\d+) +(\\w+)\\((.*) <unfinished \\.\\.\\.>");
    private static final Pattern RESUMED =
            Pattern.compile("(\\d+) +<\\.\\.\\. (\\w+) resumed>(.*)\\) += (\\S+).*");

    /// One system call that succeeded.
    ///
    /// @param arguments as strace writes them, files with their names
    /// @param begin line of the record in which it began
    /// @param end line in which it ended
    record Call(String name, String arguments, int begin, int end) {
        boolean is(String wanted, String part) {
            return name.matches(wanted) && arguments.contains(part);
        }
    }

    /// What to put before a command so that it is recorded in `file`.
    static List<String> recording(Path file) {
        return strace(
                "--seccomp-bpf",
                "-y",
                "-s",
                "64",
                "-e",
                "trace=openat,write,writev,sendto,sendmsg,fsync,fdatasync,rename,renameat,renameat2,unlink",
                "-o",
                file.toString());
    }

    /// What to put before a command so that each of its threads can sync `folder` once and gets an
    /// error from then on.
    static List<String> syncingOnce(Path folder) {
        return strace(
                "-P",
                folder.toString(),
                "-e",
                "trace=fsync",
                "-e",
                "inject=fsync:error=EIO:when=2+",
                "-o",
                "/dev/null");
    }

    private static List<String> strace(String... options) {
        try {
            new ProcessBuilder("strace", "--version")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException _) {
            throw new LeftOutException("strace is not installed (Debian: apt install strace)");
        }
        List<String> command = new ArrayList<>(List.of("strace", "-f"));
        command.addAll(List.of(options));
        return command;
    }

    static Trace read(Path file) throws IOException {
        List<Call> calls = new ArrayList<>();
        Map<String, Call> begun = new HashMap<>();
        List<String> lines = Files.readAllLines(file);
        for (int i = 0; i < lines.size(); i++) {
            Matcher whole = WHOLE.matcher(lines.get(i));
            Matcher start = BEGUN.matcher(lines.get(i));
            Matcher end = RESUMED.matcher(lines.get(i));
            if (end.matches()) {
                Call first = begun.remove(end.group(1));
                if (first != null && !end.group(4).startsWith("-")) {
                    String all = first.arguments() + end.group(3);
                    calls.add(new Call(first.name(), all, first.begin(), i));
                }
            } else if (start.matches()) {
                begun.put(start.group(1), new Call(start.group(2), start.group(3), i, i));
            } else if (whole.matches() && !whole.group(4).startsWith("-")) {
                calls.add(new Call(whole.group(2), whole.group(3), i, i));
            }
        }
        return new Trace(List.copyOf(calls));
    }

    /// The first call like this that began after `line`.
    Call first(String what, int line, Predicate<Call> wanted) {
        return calls.stream()
                .filter(each -> each.begin() > line && wanted.test(each))
                .findFirst()
                .orElseThrow(() ->
                        new AssertionError("%s: not recorded after line %d".formatted(what, line)));
    }
}
