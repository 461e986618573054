package dev.sluice.host.cli;

import dev.sluice.host.Version;
import dev.sluice.host.config.ConfigException;
import dev.sluice.host.config.Nearest;
import dev.sluice.host.generation.ApplyException;
import dev.sluice.registry.RegistryException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// The command line: finds the verb, runs it, and turns what went wrong into a sentence.
///
/// Exit codes: 0 done, 1 not done, 2 wrong command line.
public final class Cli {
    private static final List<Verb> VERBS =
            List.of(
                    new Verb(
                            "demo",
                            "[--once] [--json]",
                            "show plugins changing live traffic, and count what was lost",
                            DemoVerb::run),
                    new Verb(
                            "run",
                            "-c FILE",
                            "run a gateway in the foreground until SIGTERM",
                            RunVerb::run),
                    new Verb(
                            "apply",
                            "-f FILE [--replace] [--dry-run plan|full] [--admin URL]",
                            "change what a gateway runs: the resources named in a file",
                            ConfigVerbs::apply),
                    new Verb(
                            "get",
                            "[--admin URL]",
                            "print the config that a gateway runs",
                            ConfigVerbs::get),
                    new Verb(
                            "registry",
                            "[--address HOST:PORT] [--dir DIR]",
                            "run a small OCI registry for plugins, without login",
                            RegistryVerb::run),
                    new Verb(
                            "plugin push",
                            "REF FILE [--plain-http] [--compat]",
                            "push a plugin to a registry",
                            PluginVerbs::push),
                    new Verb(
                            "plugin pull",
                            "REF [-o FILE] [--plain-http]",
                            "pull a plugin from a registry and verify it",
                            PluginVerbs::pull),
                    new Verb(
                            "plugin inspect",
                            "FILE|REF [--json] [--plain-http]",
                            "tell what a module asks for, and what loading it costs",
                            InspectVerb::run),
                    new Verb(
                            "test",
                            "",
                            "run the tests of this checkout",
                            (_, _, err) -> {
                                err.println("sluice test is run by the launcher ./sluice");
                                return 2;
                            }),
                    new Verb(
                            "bench",
                            "[case...] [--rounds N] [--json FILE] | jmh [NAME]",
                            "measure Sluice beside nginx and Envoy",
                            (_, _, err) -> {
                                err.println("sluice bench is run by the launcher ./sluice");
                                return 2;
                            }),
                    new Verb(
                            "conformance",
                            "[--area X] [--row ID] [--against abi|gateway] [--long] [--json FILE]",
                            "run the conformance suites of this checkout",
                            (_, _, err) -> {
                                err.println("sluice conformance is run by the launcher ./sluice");
                                return 2;
                            }),
                    new Verb(
                            "version",
                            "",
                            "print the version",
                            (arguments, out, _) -> {
                                new Arguments(arguments, Set.of(), Set.of(), 0);
                                out.println("sluice " + Version.current());
                                return 0;
                            }),
                    new Verb("help", "", "print this", (_, out, _) -> help(out)));

    private final PrintStream out;
    private final PrintStream err;

    public Cli(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /// Runs a command line; the answer is the exit code.
    public int run(String... arguments) {
        List<String> given = Arrays.asList(arguments);
        if (given.isEmpty() || List.of("-h", "--help").contains(given.getFirst())) {
            return help(out);
        }
        if (given.getFirst().equals("--version")) {
            out.println("sluice " + Version.current());
            return 0;
        }
        Verb verb = null;
        try {
            verb = find(given);
            int words = verb.name().split(" ").length;
            List<String> rest = given.subList(words, given.size());
            if (rest.contains("--help") || rest.contains("-h")) {
                out.printf("usage: sluice %s %s%n%s%n", verb.name(), verb.usage(), verb.summary());
                return 0;
            }
            return verb.action().run(rest, out, err);
        } catch (UsageException e) {
            err.println("sluice: " + e.getMessage());
            err.println(
                    verb == null
                            ? "run 'sluice help' for what there is"
                            : "usage: sluice %s %s".formatted(verb.name(), verb.usage()).strip());
            return 2;
        } catch (ConfigException | ApplyException e) {
            err.println("sluice: the config is not accepted:");
            String.valueOf(e.getMessage()).lines().forEach(line -> err.println("  " + line));
            return 1;
        } catch (FailedException | RegistryException e) {
            err.println("sluice: " + e.getMessage());
            return 1;
        } catch (IOException e) {
            err.println("sluice: " + sentence(e));
            return 1;
        } catch (UncheckedIOException e) {
            err.println("sluice: " + e.getMessage());
            return 1;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return 130;
        }
    }

    private static String sentence(IOException e) {
        String message = e.getMessage();
        return switch (e) {
            case NoSuchFileException missing ->
                    missing.getMessage() + ": there is no such file or folder";
            case AccessDeniedException denied -> denied.getMessage() + ": permission denied";
            default -> message == null ? e.getClass().getSimpleName() : message;
        };
    }

    private static Verb find(List<String> given) {
        for (Verb verb : VERBS) {
            List<String> words = List.of(verb.name().split(" "));
            if (given.size() >= words.size() && given.subList(0, words.size()).equals(words)) {
                return verb;
            }
        }
        if (given.getFirst().equals("plugin")
                && (given.size() == 1 || given.get(1).startsWith("-"))) {
            throw new UsageException("plugin needs another word: push, pull or inspect");
        }
        List<String> names = VERBS.stream().map(Verb::name).toList();
        String asked =
                given.getFirst().equals("plugin") && given.size() > 1
                        ? "plugin " + given.get(1)
                        : given.getFirst();
        throw new UsageException("unknown verb %s%s".formatted(asked, Nearest.hint(asked, names)));
    }

    private static int help(PrintStream out) {
        out.println("Sluice: a gateway whose behaviour is its WebAssembly plugins.");
        out.println();
        VERBS.forEach(verb -> {
            out.printf("  sluice %s%n", (verb.name() + " " + verb.usage()).strip());
            out.printf("      %s%n", verb.summary());
        });
        return 0;
    }
}
