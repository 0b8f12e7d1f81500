package io.decnet.webhook.launcher;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Map;

/**
 * Takes the signals that ask for an end. A shutdown hook will not do: hooks run at once and in no order, so the log would be closed and the server
 * half stopped while attempts are still being finished. By reflection, because the compiler calls this part of the JDK internal.
 */
final class Signals {
    private static final Map<String, Integer> ENDING = Map.of("TERM", 15, "INT", 2, "HUP", 1);
    private static final int SIGNALLED = 128;

    private Signals() {}

    /** Receives the exit code that stands for the signal. */
    interface Ending {
        void end(int code);
    }

    static void handle(Ending ending) {
        ENDING.forEach((name, number) -> handle(name, () -> ending.end(SIGNALLED + number)));
    }

    /** The thread that brings a signal does not keep the JVM alive: once the server's last thread has ended, that would end by itself, with code 0. */
    private static Thread keepingAlive(Runnable action) {
        var thread = new Thread(action, "decnet-signal");
        thread.setDaemon(false);
        return thread;
    }

    private static void handle(String name, Runnable action) {
        try {
            var signal = Class.forName("sun.misc.Signal");
            var handler = Class.forName("sun.misc.SignalHandler");
            InvocationHandler invoked = (proxy, method, arguments) -> {
                if (method.getName().equals("handle")) {
                    keepingAlive(action).start();
                }
                return method.getReturnType() == boolean.class ? Boolean.valueOf(proxy == arguments[0]) : 0;
            };
            var proxy = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, invoked);
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            // Without it the JVM ends by its own hooks; claims are then released at the next start.
            System.err.println("decnet-webhook: SIG" + name + " is not handled: " + e);
        }
    }
}
