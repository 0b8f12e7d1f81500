package io.decnet.webhook.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The map of the rooms: who may know whom, and which room speaks which API. */
@AnalyzeClasses(packages = "io.decnet.webhook", importOptions = ImportOption.DoNotIncludeTests.class)
class RoomsTest {
    private static final String ROOT = "io.decnet.webhook.";

    private static final Map<String, Set<String>> ROOMS = table("""
        reason       |
        event        | reason
        breaker      |
        config       |
        sql          |
        egress       | event reason config
        security     | event reason config
        subscription | event reason config security egress breaker
        tally        | config sql
        delivery     | event config security egress breaker subscription tally sql
        routing      | event config security breaker subscription delivery
        bus          | event reason config security breaker subscription delivery routing
        rest         | event reason config security egress breaker subscription delivery routing bus
        errand       | config security breaker subscription delivery sql
        admin        | event reason config security egress breaker subscription delivery routing bus tally errand
        ops          | event config security egress breaker subscription delivery routing bus
        launcher     | config
        embeddedbus  | config
        """);

    private static final Map<String, Set<String>> APIS = table("""
        jakarta.jms                                 | bus embeddedbus
        jakarta.resource                            | embeddedbus
        org.apache.activemq                         | embeddedbus
        fish.payara                                 | launcher
        jakarta.ws.rs                               | rest
        org.apache.hc                               | egress
        inet.ipaddr                                 | egress
        jakarta.faces                               | admin
        jakarta.persistence                         | subscription delivery security
        org.flywaydb                                | subscription
        org.h2                                      | subscription
        org.postgresql                              | subscription
        jakarta.security                            | security
        jakarta.servlet                             | security ops admin rest
        javax.crypto                                | security egress
        org.eclipse.microprofile.config             | config
        org.eclipse.microprofile.health             | ops admin
        org.eclipse.microprofile.faulttolerance     | bus delivery subscription
        io.micrometer                               | ops bus delivery
        com.fasterxml.jackson                       | bus egress
        """);

    private static Map<String, Set<String>> table(String text) {
        return text.lines()
                .map(line -> line.split("\\|", -1))
                .collect(Collectors.toMap(cells -> cells[0].strip(), cells -> words(cells[1])));
    }

    private static Set<String> words(String cell) {
        return Stream.of(cell.strip().split(" "))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String[] packages(Stream<String> rooms) {
        return rooms.map(room -> ROOT + room + "..").toArray(String[]::new);
    }

    @ArchTest
    static void aRoomKnowsOnlyTheRoomsTheMapGivesIt(JavaClasses program) {
        ROOMS.forEach((room, known) -> noClasses()
                .that()
                .resideInAPackage(ROOT + room + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages(
                        ROOMS.keySet().stream().filter(other -> !other.equals(room) && !known.contains(other))))
                .because(room + " may know " + known)
                .check(program));
    }

    @ArchTest
    static final ArchRule noRoomsKnowEachOtherInACircle =
            slices().matching(ROOT + "(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule everyClassIsInARoomOfTheMap =
            classes().should().resideInAnyPackage(packages(ROOMS.keySet().stream()));

    @ArchTest
    static void eachApiStaysInItsRooms(JavaClasses program) {
        APIS.forEach((api, rooms) -> noClasses()
                .that()
                .resideOutsideOfPackages(packages(rooms.stream()))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(api + "..")
                .because(api + " belongs to " + rooms)
                .check(program));
    }

    @ArchTest
    static final ArchRule pureRoomsUseTheJdkAlone = classes()
            .that()
            .resideInAnyPackage(ROOT + "event..", ROOT + "breaker..", ROOT + "reason..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", ROOT + "event..", ROOT + "breaker..", ROOT + "reason..");

    @ArchTest
    static final ArchRule whatTheLauncherReadsUsesTheJdkAlone = classes()
            .that()
            .resideInAPackage(ROOT + "config..")
            .and()
            .doNotHaveSimpleName("SettingsProducer")
            .and()
            .doNotHaveSimpleName("Ids")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", ROOT + "config..");

    @ArchTest
    static void everyPackageSaysInTwelveLinesWhatItIsFor(JavaClasses program) throws IOException {
        for (var room : ROOMS.keySet()) {
            var file = Path.of("src/main/java", ROOT.replace('.', '/'), room, "package-info.java");
            try (var lines = Files.lines(file)) {
                assertThat(lines.dropWhile(line -> !line.startsWith("/**"))
                                .takeWhile(line -> !line.startsWith("package")))
                        .as(room)
                        .hasSizeBetween(3, 12);
            }
        }
    }
}
