package io.decnet.webhook.launcher;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import java.util.Optional;
import java.util.jar.JarFile;

/**
 * Adds a jar to the class path of the running process. Payara Micro loads its own classes through the system class
 * loader, so a loader of ours would not do. The manifest names this class as {@code Launcher-Agent-Class}.
 */
public final class SystemClassPath {
    private static volatile Optional<Instrumentation> instrumentation = Optional.empty();

    private SystemClassPath() {}

    /** Called by the Java launcher before {@code main}. */
    public static void agentmain(String options, Instrumentation given) {
        instrumentation = Optional.of(given);
    }

    static void add(Path jar) throws IOException {
        instrumentation
                .orElseThrow(() -> new StartFailed("this program must be started by java -jar"))
                .appendToSystemClassLoaderSearch(new JarFile(jar.toFile()));
    }
}
