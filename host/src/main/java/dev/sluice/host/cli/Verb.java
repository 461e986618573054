package dev.sluice.host.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

/// Something the program can be asked to do.
///
/// @param name one or two words
/// @param usage what follows them
/// @param summary one line for `help`
/// @param action does it
record Verb(String name, String usage, String summary, Action action) {
    /// Does what a verb says.
    interface Action {
        /// Runs it.
        ///
        /// @return the exit code
        /// @throws UsageException when the arguments are wrong
        /// @throws FailedException when it cannot be done
        int run(List<String> arguments, PrintStream out, PrintStream err)
                throws IOException, InterruptedException;
    }
}
