package io.decnet.webhook.bench;

import jakarta.jms.BytesMessage;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSProducer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/** Sends persistent events of 512 bytes to the bus of a contender. */
final class Publisher implements AutoCloseable {
    private static final int BODY_BYTES = 512;
    private static final int BATCH = 50;
    private static final int SENDERS = 4;

    private final ActiveMQConnectionFactory bursts;
    /** Does not wait for the broker's answer, or a slow broker would slow the schedule. */
    private final ActiveMQConnectionFactory schedule;

    private final ExecutorService threads = Executors.newFixedThreadPool(SENDERS);
    private final String user;
    private final String password;

    Publisher(String busUrl, String user, String password) {
        bursts = new ActiveMQConnectionFactory(busUrl);
        schedule = new ActiveMQConnectionFactory(busUrl);
        schedule.setBlockOnDurableSend(false);
        this.user = user;
        this.password = password;
    }

    /** As fast as the broker takes them, in transactions of 50, by several senders: of one alone it is the commits that set the pace. */
    void burst(String topic, int events) {
        List<CompletableFuture<Void>> senders = new ArrayList<>();
        for (int i = 0; i < SENDERS; i++) {
            int share = events * (i + 1) / SENDERS - events * i / SENDERS;
            senders.add(CompletableFuture.runAsync(() -> send(topic, share), threads));
        }
        CompletableFuture.allOf(senders.toArray(CompletableFuture[]::new)).join();
    }

    private void send(String topic, int events) {
        try (JMSContext context = bursts.createContext(user, password, JMSContext.SESSION_TRANSACTED)) {
            JMSProducer producer = context.createProducer().setDeliveryMode(DeliveryMode.PERSISTENT);
            for (int sent = 1; sent <= events; sent++) {
                producer.send(context.createTopic("decnet." + topic), message(context, System.nanoTime()));
                if (sent % BATCH == 0 || sent == events) {
                    context.commit();
                }
            }
        } catch (JMSException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One after the other at a fixed rate, whatever becomes of them; each says when it was due. */
    void steady(String topic, double perSecond, long seconds) throws JMSException {
        steady(List.of(topic), perSecond, seconds, soon());
    }

    /** Of {@link System#nanoTime}: by then a sender has connected. */
    static long soon() {
        return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(500);
    }

    /**
     * @param topics to which they go in turn
     * @param perSecond to all of these
     * @param start of {@link System#nanoTime}, when the first is due
     */
    void steady(List<String> topics, double perSecond, long seconds, long start) throws JMSException {
        long period = (long) (TimeUnit.SECONDS.toNanos(1) / perSecond);
        try (JMSContext context = schedule.createContext(user, password, JMSContext.AUTO_ACKNOWLEDGE)) {
            JMSProducer producer = context.createProducer().setDeliveryMode(DeliveryMode.PERSISTENT);
            long end = start + TimeUnit.SECONDS.toNanos(seconds);
            int sent = 0;
            for (long due = start; due < end; due += period) {
                while (System.nanoTime() < due) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                producer.send(
                        context.createTopic("decnet." + topics.get(sent++ % topics.size())), message(context, due));
            }
        }
    }

    // Bytes, not text: a route that only passes them on need not decode them.
    private static BytesMessage message(JMSContext context, long dueNanos) throws JMSException {
        StringBuilder body = new StringBuilder("{\"at\":" + dueNanos + ",\"attacker\":\"203.0.113.7\",\"pad\":\"");
        body.append("x".repeat(BODY_BYTES - body.length() - 2)).append("\"}");
        BytesMessage message = context.createBytesMessage();
        message.writeBytes(body.toString().getBytes(StandardCharsets.US_ASCII));
        return message;
    }

    @Override
    public void close() {
        threads.shutdown();
        bursts.close();
        schedule.close();
    }
}
