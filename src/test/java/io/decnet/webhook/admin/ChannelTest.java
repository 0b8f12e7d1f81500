package io.decnet.webhook.admin;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChannelTest {
    private static final String CHANGED = "data: changed\n\n";

    private final Connection connection = new Connection();
    private final List<String> calls = new ArrayList<>();
    private final List<Channel> gone = new ArrayList<>();
    private Channel channel;

    /** The container's end: it takes what is written while it is ready, and says when it is ready again. */
    private static final class Connection extends ServletOutputStream {
        private final StringBuilder sent = new StringBuilder();
        private final List<WriteListener> listeners = new ArrayList<>();
        private boolean ready;
        private boolean broken;

        @Override
        public boolean isReady() {
            return ready;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            listeners.add(listener);
        }

        @Override
        public void write(int one) {
            throw new UnsupportedOperationException("bytes are written together");
        }

        @Override
        public void write(byte[] bytes) throws IOException {
            if (broken) {
                throw new IOException("the reader has gone");
            }
            assertThat(ready).isTrue();
            sent.append(new String(bytes, StandardCharsets.UTF_8));
        }

        private void becomesReady() throws IOException {
            ready = true;
            for (var listener : listeners) {
                listener.onWritePossible();
            }
        }
    }

    private <T> T fake(Class<T> type, Object answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    calls.add(method.getName());
                    assertThat(channel != null && Thread.holdsLock(channel)).isFalse();
                    return method.getReturnType() == void.class ? null : answer;
                }));
    }

    @BeforeEach
    void open() throws IOException {
        var response = fake(ServletResponse.class, connection);
        channel = new Channel(fake(AsyncContext.class, response), "s1", ended -> {
            assertThat(Thread.holdsLock(ended)).isFalse();
            gone.add(ended);
        });
        channel.begin();
    }

    @Test
    void tellsAtOnceSinceThePageMayBeOlder() throws IOException {
        assertThat(connection.sent).isEmpty();
        connection.becomesReady();
        assertThat(connection.sent).hasToString(CHANGED);
    }

    @Test
    void owesASlowReaderOneMessageHoweverMuchHappens() throws IOException {
        connection.becomesReady();
        connection.ready = false;
        for (int n = 0; n < 1000; n++) {
            channel.changed();
            channel.alive();
        }
        connection.becomesReady();
        assertThat(connection.sent).hasToString(CHANGED + CHANGED);
    }

    @Test
    void endsOnceWhenTheReaderHasGone() throws IOException {
        connection.becomesReady();
        connection.broken = true;
        channel.alive();
        channel.changed();
        channel.end();
        assertThat(gone).containsExactly(channel);
        assertThat(calls).containsOnlyOnce("complete");
        assertThat(connection.sent).hasToString(CHANGED);
    }
}
