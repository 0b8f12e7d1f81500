package io.decnet.webhook.system;

import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import io.decnet.webhook.testing.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.AfterClassTemplateInvocationCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.support.ParameterDeclarations;

/**
 * Runs a class once on H2 and once on PostgreSQL, and looks after it whether anything is stuck. The class takes the
 * {@link Installation} in its constructor; all classes that one process runs share one for each database.
 */
@Target(TYPE)
@Retention(RUNTIME)
@ParameterizedClass(name = "on {0}", autoCloseArguments = false)
@ArgumentsSource(OnBothDatabases.Installations.class)
@ExtendWith(OnBothDatabases.NothingIsStuck.class)
@Timeout(600)
@interface OnBothDatabases {

    /** Starts an installation when the first class needs it; the end of the process closes it. */
    final class Installations implements ArgumentsProvider {
        private static final Namespace STARTED = Namespace.create(Installations.class);

        @Override
        public Stream<Arguments> provideArguments(ParameterDeclarations parameters, ExtensionContext context) {
            return Stream.of("h2", "postgres").map(database -> Arguments.of(of(context, database)));
        }

        private static Installation of(ExtensionContext context, String database) {
            return context.getStore(StoreScope.LAUNCHER_SESSION, STARTED)
                    .getOrComputeIfAbsent(database, Installations::start, Installation.class);
        }

        private static Installation start(String database) {
            try {
                var directory =
                        Files.createTempDirectory(Path.of("target"), database).toAbsolutePath();
                var tables = Files.createDirectories(directory.resolve("database"));
                return Installation.start(
                        directory, database.equals("h2") ? Database.h2(tables) : Database.postgres(tables));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The check after each class. */
    final class NothingIsStuck implements AfterClassTemplateInvocationCallback {
        @Override
        public void afterClassTemplateInvocation(ExtensionContext context) {
            Stream.of("h2", "postgres")
                    .map(database -> context.getStore(StoreScope.LAUNCHER_SESSION, Installations.STARTED)
                            .get(database, Installation.class))
                    .filter(Objects::nonNull)
                    .forEach(Installation::requireNothingStuck);
        }
    }
}
