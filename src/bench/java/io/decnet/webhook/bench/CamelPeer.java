package io.decnet.webhook.bench;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** {@link PeerRoutes} in a process of its own, with the heap of the program. */
final class CamelPeer implements Contender {
    private static final String PASSWORD = "bus-password-1234";

    private final Process process;
    private final BufferedReader answers;
    private final BufferedWriter commands;
    private final Duration boot;
    private final Publisher publisher;
    private final Jvm jvm;

    CamelPeer(Path directory, Sink sink) throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        ProcessBuilder command = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                PeerRoutes.class.getName(),
                sink.url(""));
        Path own = Files.createDirectories(directory.resolve("camel"));
        command.environment().put("DECNET_WEBHOOK_DATA_DIR", own.toString());
        command.environment().put("DECNET_WEBHOOK_BUS_PORT", Integer.toString(port));
        command.environment().put("DECNET_WEBHOOK_BUS_PASSWORD", PASSWORD);
        command.redirectError(own.resolve("err").toFile());
        long start = System.nanoTime();
        process = command.start();
        answers = process.inputReader();
        commands = process.outputWriter();
        await("ready");
        boot = Duration.ofNanos(System.nanoTime() - start);
        jvm = new Jvm(process.pid());
        publisher = new Publisher("tcp://127.0.0.1:" + port, "bus", PASSWORD);
    }

    private void await(String answer) throws IOException {
        String line = answers.readLine();
        while (!answer.equals(line)) {
            if (line == null) {
                throw new IOException("the peer has ended");
            }
            line = answers.readLine();
        }
    }

    private void command(String verb, Group group) {
        try {
            commands.write(verb + " " + group + "\n");
            commands.flush();
            await("done");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String name() {
        return "Camel";
    }

    @Override
    public Duration boot() {
        return boot;
    }

    @Override
    public Publisher publisher() {
        return publisher;
    }

    @Override
    public void suspend(Group group) {
        command("suspend", group);
    }

    @Override
    public void resume(Group group) {
        command("resume", group);
    }

    /** They do as soon as they are sent: in the broker. */
    @Override
    public boolean waiting(Group group, int events) {
        return true;
    }

    @Override
    public boolean settled(Group group) {
        return true;
    }

    @Override
    public Spent spent() {
        return new Spent(Processes.cpu(process.toHandle()), jvm.allocatedBytes(), Processes.handOffs(process.pid()));
    }

    @Override
    public long residentBytes() {
        return Processes.residentBytes(process.pid());
    }

    @Override
    public void close() {
        publisher.close();
        jvm.close();
        process.destroyForcibly();
        process.onExit().join();
    }
}
