package hansa.server;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the code against the picture of the house: nothing imports upwards or sideways unless this table says so. */
final class FloorsTest {

    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("hansa");

    /** A package with what is below it, and what of our own it may use besides itself. */
    private record Floor(String of, String... mayUse) {

        @Override
        public String toString() {
            return of;
        }
    }

    private static final String BASE = "hansa.kernel.base";
    private static final String CLOUD = "hansa.cloud";
    private static final String DISKS = "hansa.cloud.images";
    private static final String TRUST = "hansa.trust";
    private static final String POLICY = "hansa.policy";
    private static final String VOMS = "hansa.protocols.voms";
    private static final String HTTP = "hansa.kernel.http";
    private static final String[] WORK = {"hansa.kernel.store", "hansa.kernel.bus", "hansa.kernel.jobs"};

    private static List<Floor> floors() {
        return List.of(
                new Floor("hansa.protocols.."),
                new Floor(BASE),
                new Floor("hansa.kernel.store", BASE),
                new Floor("hansa.kernel.bus", BASE, "hansa.kernel.store"),
                new Floor("hansa.kernel.jobs", BASE, "hansa.kernel.store"),
                new Floor("hansa.kernel.bus.artemis", with(BASE, WORK)),
                new Floor("hansa.kernel.tls", BASE),
                new Floor(HTTP, BASE, "hansa.kernel.tls"),
                new Floor("hansa.kernel.config", BASE),
                new Floor("hansa.kernel.telemetry", BASE, HTTP),
                new Floor(CLOUD, BASE),
                new Floor(DISKS),
                new Floor("hansa.cloud.kit..", BASE, CLOUD),
                new Floor(TRUST, BASE, VOMS, "hansa.protocols.aarc"),
                new Floor("hansa.trust.tokens", TRUST, VOMS),
                new Floor("hansa.trust.saml", TRUST, VOMS, "hansa.protocols.saml"),
                new Floor("hansa.trust.kit", VOMS),
                new Floor("hansa.trust.x509", TRUST, VOMS),
                new Floor("hansa.trust.voms", VOMS),
                new Floor(POLICY, BASE, VOMS),
                new Floor("hansa.policy.xacml", POLICY, VOMS, BASE),
                new Floor("hansa.drivers..", BASE, CLOUD, DISKS, "hansa.protocols.."),
                new Floor("hansa.federation.listing", BASE),
                new Floor("hansa.federation.stored", with(BASE, WORK)),
                new Floor("hansa.federation.caller", BASE, VOMS),
                new Floor("hansa.federation.audit", BASE, POLICY, VOMS),
                new Floor(
                        "hansa.federation.policy",
                        "hansa.federation.caller",
                        "hansa.federation.audit",
                        POLICY,
                        VOMS,
                        BASE),
                new Floor("hansa.federation.policies", capability("audit")),
                new Floor("hansa.federation.identity", capability(TRUST)),
                new Floor("hansa.federation.vos", capability("identity")),
                new Floor("hansa.federation.sites", capability("identity", "placement")),
                new Floor("hansa.federation.accounts", capability("identity", "vos", "sites", TRUST)),
                new Floor("hansa.federation.images", capability("identity", "vos", "sites", DISKS)),
                new Floor("hansa.federation.brokering", capability("sites", "placement")),
                new Floor(
                        "hansa.federation.compute",
                        capability("identity", "vos", "sites", "accounts", "images", "brokering", "placement")),
                new Floor("hansa.federation.control", capability("identity", "compute")),
                new Floor("hansa.federation.placement", BASE),
                new Floor(
                        "hansa.federation",
                        with(
                                "hansa.federation..",
                                with(BASE, with(CLOUD, with(DISKS, with(POLICY, with(TRUST, with(VOMS, WORK)))))))),
                new Floor(
                        "hansa.faces..",
                        "hansa.trust.voms",
                        BASE,
                        HTTP,
                        "hansa.federation..",
                        CLOUD,
                        DISKS,
                        POLICY,
                        TRUST,
                        "hansa.protocols.."),
                new Floor("hansa.cli..", "hansa.protocols.."),
                new Floor("hansa.server", "hansa.."));
    }

    private static String[] with(String one, String... more) {
        return Stream.concat(Stream.of(one), Stream.of(more)).toArray(String[]::new);
    }

    private static String[] capability(String... below) {
        List<String> uses = new ArrayList<>(List.of(WORK));
        uses.addAll(List.of(
                BASE,
                CLOUD,
                POLICY,
                VOMS,
                "hansa.federation.policy",
                "hansa.federation.caller",
                "hansa.federation.listing",
                "hansa.federation.stored"));
        for (String name : below) {
            uses.add(name.startsWith("hansa.") ? name : "hansa.federation." + name);
        }
        return uses.toArray(String[]::new);
    }

    @ParameterizedTest
    @MethodSource("floors")
    void importsOnlyFromBelow(Floor floor) {
        noClasses()
                .that()
                .resideInAPackage(floor.of())
                .should()
                .dependOnClassesThat(resideInAPackage("hansa..")
                        .and(not(resideInAPackage(floor.of())))
                        .and(not(resideInAnyPackage(floor.mayUse()))))
                .check(HOUSE);
    }

    @Test
    void everyPackageHasItsPlaceInTheTable() {
        String[] known = floors().stream().map(Floor::of).toArray(String[]::new);
        assertThat(HOUSE.stream()
                        .filter(not(resideInAnyPackage(known)))
                        .map(JavaClass::getPackageName)
                        .distinct())
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("neighbours")
    void neighboursDoNotKnowEachOther(Map.Entry<String, String> pair) {
        noClasses()
                .that()
                .resideInAPackage(pair.getKey() + "..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(pair.getValue() + "..")
                .check(HOUSE);
    }

    private static Stream<Map.Entry<String, String>> neighbours() {
        return Stream.of("hansa.faces", "hansa.drivers", "hansa.protocols").flatMap(floor -> {
            List<String> rooms = HOUSE.stream()
                    .map(JavaClass::getPackageName)
                    .filter(name -> name.startsWith(floor + "."))
                    .map(name ->
                            floor + "." + name.substring(floor.length() + 1).split("\\.")[0])
                    .distinct()
                    .toList();
            return rooms.stream()
                    .flatMap(a -> rooms.stream().filter(b -> !a.equals(b)).map(b -> Map.entry(a, b)));
        });
    }

    @Test
    void protocolsDoNoInputOrOutputAndKeepNoTime() {
        noClasses()
                .that()
                .resideInAPackage("hansa.protocols..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.net.http..", "java.nio.file..", "java.sql..", "org.slf4j..")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.time.Clock")
                .check(HOUSE);
    }

    @Test
    void onlyTheEdgeKnowsTheHttpLibrary() {
        noClasses()
                .that()
                .resideOutsideOfPackage(HTTP)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.eclipse.jetty..")
                .check(HOUSE);
    }

    @Test
    void nobodyBelowTheRootWritesToTheConsole() {
        noClasses()
                .that()
                .resideOutsideOfPackages("hansa.server", "hansa.cli..")
                .and()
                .haveSimpleNameNotEndingWith("Main")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(HOUSE);
    }

    @Test
    void loggingGoesThroughSlf4j() {
        noClasses()
                .that()
                .resideOutsideOfPackage("hansa.server")
                .should()
                .accessClassesThat()
                .resideInAnyPackage("java.util.logging..", "ch.qos.logback..")
                .check(HOUSE);
    }

    @Test
    void nothingStaticChanges() {
        fields().that()
                .areStatic()
                .and()
                .areDeclaredInClassesThat()
                .resideInAPackage("hansa..")
                .should()
                .beFinal()
                .check(HOUSE);
    }
}
