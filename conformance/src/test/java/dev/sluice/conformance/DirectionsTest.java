package dev.sluice.conformance;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/// What rows are tried on knows nothing of rows, and one subject nothing of the other.
class DirectionsTest {
    private static final String ROOT = "dev.sluice.conformance";

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages(ROOT);

    @Test
    void subjectsKnowNoRows() {
        never(ROOT + ".subject..", ROOT, ROOT + ".gate", ROOT + ".swap");
        never(ROOT + ".subject", ROOT + ".subject.abi", ROOT + ".subject.gateway");
        never(ROOT + ".subject.abi", ROOT + ".subject.gateway");
        never(ROOT + ".subject.gateway", ROOT + ".subject.abi");
    }

    @Test
    void areasDoNotKnowEachOther() {
        never(ROOT + ".gate", ROOT + ".swap");
        never(ROOT + ".swap", ROOT + ".gate", ROOT + ".subject..");
    }

    @Test
    void guestsKnowNeitherRowsNorSubjectsNorTheProduct() {
        never(ROOT + ".guest", ROOT, ROOT + ".gate", ROOT + ".swap", ROOT + ".subject..");
        never(ROOT + ".guest", "dev.sluice.abi..", "dev.sluice.host..");
    }

    @Test
    void theAbiAloneKnowsOfTheGatewayItsFieldsAndItsSharedDataOnly() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".subject.abi")
                .should()
                .dependOnClassesThat(
                        resideInAPackage("dev.sluice.host..")
                                .and(
                                        not(
                                                resideInAnyPackage(
                                                        "dev.sluice.host.http",
                                                        "dev.sluice.host.shared"))))
                .check(CLASSES);
    }

    private static void never(String from, String... to) {
        noClasses()
                .that()
                .resideInAPackage(from)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(to)
                .check(CLASSES);
    }
}
