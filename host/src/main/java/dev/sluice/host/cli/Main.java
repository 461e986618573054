package dev.sluice.host.cli;

/// The program.
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(new Cli(System.out, System.err).run(arguments));
    }
}
