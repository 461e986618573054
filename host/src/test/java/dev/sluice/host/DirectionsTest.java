package dev.sluice.host;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Dependencies point one way, between modules and between packages.
class DirectionsTest {
    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .withImportOption(location -> !location.contains("-tests.jar"))
                    .importPackages("dev.sluice");

    /// What each package of the gateway may use of the others.
    private static final Map<String, Set<String>> HOST =
            Map.ofEntries(
                    Map.entry("accesslog", Set.of()),
                    Map.entry("config", Set.of()),
                    Map.entry("http", Set.of()),
                    Map.entry("shared", Set.of()),
                    Map.entry("stats", Set.of()),
                    Map.entry("loop", Set.of("http", "stats")),
                    Map.entry("upstream", Set.of("config", "http", "loop", "stats")),
                    Map.entry("filter", Set.of("http", "loop", "upstream")),
                    Map.entry("route", Set.of("filter", "http", "upstream")),
                    Map.entry(
                            "stream",
                            Set.of(
                                    "accesslog",
                                    "filter",
                                    "http",
                                    "loop",
                                    "route",
                                    "stats",
                                    "upstream")),
                    Map.entry("listener", Set.of("config", "http", "loop", "stats", "stream")),
                    Map.entry(
                            "plugin",
                            Set.of(
                                    "config",
                                    "filter",
                                    "http",
                                    "loop",
                                    "shared",
                                    "stats",
                                    "upstream")),
                    Map.entry(
                            "generation",
                            Set.of(
                                    "config",
                                    "filter",
                                    "listener",
                                    "loop",
                                    "plugin",
                                    "route",
                                    "stream",
                                    "upstream")),
                    Map.entry(
                            "admin",
                            Set.of(
                                    "config",
                                    "generation",
                                    "listener",
                                    "loop",
                                    "plugin",
                                    "route",
                                    "stats")),
                    Map.entry("demo", Set.of("", "config", "generation", "loop", "route")),
                    Map.entry("cli", Set.of("", "config", "demo", "generation", "route")));

    /// The ABI's packages, each using only those behind it; `spi` is for all.
    private static final List<String> ABI =
            List.of("vm", "hostcall", "context", "callback", "engine", "");

    @Test
    void theEngineIsKnownToOnePackage() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.sluice.abi.engine")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("run.endive..")
                .check(CLASSES);
    }

    @Test
    void theUploadLibraryIsKnownToOnePackage() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.sluice.registry.transport")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("land.oras..")
                .check(CLASSES);
    }

    @Test
    void abiAndRegistryKnowNeitherSocketsNorFormatsNorEachOther() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.sluice.abi..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.netty..",
                        "tools.jackson..",
                        "dev.sluice.oci..",
                        "dev.sluice.registry..",
                        "dev.sluice.host..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAnyPackage("dev.sluice.oci..", "dev.sluice.registry..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.netty..", "dev.sluice.abi..", "dev.sluice.host..")
                .check(CLASSES);
    }

    @Test
    void thePackagesOfTheAbiUseOnlyThoseBehindThem() {
        Set<String> wrong = new TreeSet<>();
        for (JavaClass each : CLASSES) {
            for (Dependency use : each.getDirectDependenciesFromSelf()) {
                int from = ABI.indexOf(inside("dev.sluice.abi", each));
                int to = ABI.indexOf(inside("dev.sluice.abi", use.getTargetClass()));
                if (from >= 0 && to >= 0 && to < from) {
                    wrong.add(use.getDescription());
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void thePackagesOfTheHostUseOnlyWhatTheyMay() {
        Set<String> wrong = new TreeSet<>();
        for (JavaClass each : CLASSES) {
            String from = inside("dev.sluice.host", each);
            for (Dependency use : each.getDirectDependenciesFromSelf()) {
                String to = inside("dev.sluice.host", use.getTargetClass());
                boolean wiring = from.isEmpty() || from.equals("?");
                if (!wiring
                        && !to.equals("?")
                        && !to.equals(from)
                        && !HOST.getOrDefault(from, Set.of()).contains(to)) {
                    wrong.add(use.getDescription());
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    /// The package below `root`, empty for `root` itself, `?` outside.
    private static String inside(String root, JavaClass type) {
        String name = type.getPackageName();
        if (name.equals(root)) {
            return "";
        }
        return name.startsWith(root + ".") ? name.substring(root.length() + 1) : "?";
    }
}
