package io.decnet.webhook.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.persistence.Entity;
import jakarta.persistence.Version;
import java.time.Clock;
import java.time.temporal.Temporal;
import java.util.Date;
import java.util.Set;
import java.util.Timer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;

/** What no class does, wherever it lives: look at the clock, start threads, read the environment, leave a row unguarded. */
@AnalyzeClasses(packages = "io.decnet.webhook", importOptions = ImportOption.DoNotIncludeTests.class)
class HabitsTest {
    private static final String CONFIG = "io.decnet.webhook.config..";
    private static final String LAUNCHER = "io.decnet.webhook.launcher..";
    private static final String EMBEDDED_BUS = "io.decnet.webhook.embeddedbus..";

    /** Rows that are only ever added, or whose every update names the state it expects. */
    private static final Set<String> APPEND_ONLY_OR_GUARDED =
            Set.of("RejectedEvent", "AuditEntry", "ApiToken", "Circuit", "CircuitHistoryEntry");

    @ArchTest
    static final ArchRule everyRowThatChangesHasAVersion = classes()
            .that()
            .areAnnotatedWith(Entity.class)
            .and(describe(
                    "are not append-only or guarded", type -> !APPEND_ONLY_OR_GUARDED.contains(type.getSimpleName())))
            .should(be(describe(
                    "versioned",
                    (JavaClass type) ->
                            type.getAllFields().stream().anyMatch(field -> field.isAnnotatedWith(Version.class)))));

    @ArchTest
    static final ArchRule timeIsPassedInOrComesFromTheClock = noClasses()
            .that()
            .resideOutsideOfPackage(CONFIG)
            .should()
            .callMethodWhere(calls(Temporal.class, "now", 0))
            .orShould()
            .callMethodWhere(calls(Clock.class, "system.*", 0))
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callConstructor(Date.class)
            .because("tests set the clock");

    @ArchTest
    static final ArchRule onlySettingsReadTheEnvironment = noClasses()
            .that()
            .resideOutsideOfPackages(CONFIG, LAUNCHER)
            .should()
            .callMethod(System.class, "getenv")
            .orShould()
            .callMethod(System.class, "getenv", String.class);

    @ArchTest
    static final ArchRule threadsBelongToTheContainer = noClasses()
            .that()
            .resideOutsideOfPackages(LAUNCHER, EMBEDDED_BUS)
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(Executors.class, ForkJoinPool.class, Timer.class)
            .orShould()
            .callConstructorWhere(target(owner(assignableTo(Thread.class))))
            .orShould()
            .callMethodWhere(calls(CompletableFuture.class, "(run|supply|.+)Async", 1))
            .orShould()
            .callMethodWhere(target(nameMatching("parallel(Stream)?")));

    @ArchTest
    static final ArchRule nothingHangsOnAThread = noClasses()
            .should()
            .dependOnClassesThat()
            .areAssignableTo(ThreadLocal.class)
            .because("threads are the container's and serve everyone");

    @ArchTest
    static final ArchRule namesSayWhatAThingIs = noClasses()
            .should()
            .haveSimpleNameEndingWith("Impl")
            .orShould()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("DTO")
            .orShould()
            .haveSimpleNameEndingWith("Service");

    @ArchTest
    static final ArchRule whatIsPrintedIsPrintedByTheLauncher = noClasses()
            .that()
            .resideOutsideOfPackage(LAUNCHER)
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");

    /** Calls of a method without an argument that would make it harmless, such as a clock or an executor. */
    private static DescribedPredicate<JavaMethodCall> calls(Class<?> type, String name, int parameters) {
        return describe(
                "calls " + type.getSimpleName() + "." + name,
                call -> call.getTargetOwner().isAssignableTo(type)
                        && call.getName().matches(name)
                        && call.getTarget().getRawParameterTypes().size() <= parameters);
    }
}
