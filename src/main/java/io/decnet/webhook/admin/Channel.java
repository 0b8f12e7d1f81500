package io.decnet.webhook.admin;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * One open page that wants to be told. It is told only that something has changed and asks for the rest itself, so what is due
 * while its connection is slow is one message, however much happens. Nothing here blocks, and no thread waits.
 */
final class Channel implements WriteListener, AsyncListener {
    private static final System.Logger LOG = System.getLogger(Channel.class.getName());
    private static final byte[] CHANGED = "data: changed\n\n".getBytes(StandardCharsets.UTF_8);
    private static final byte[] ALIVE = ": alive\n\n".getBytes(StandardCharsets.UTF_8);

    private final AsyncContext async;
    private final ServletOutputStream out;
    private final String session;
    private final Consumer<Channel> gone;

    private byte[] due = CHANGED;
    private boolean unflushed;
    private boolean over;

    /**
     * @param session whose end closes it
     * @param gone is told when it is over
     */
    Channel(AsyncContext async, String session, Consumer<Channel> gone) throws IOException {
        this.async = async;
        this.out = async.getResponse().getOutputStream();
        this.session = session;
        this.gone = gone;
    }

    /** Begins: the page may have been rendered before the last change, so it is told at once. */
    void begin() {
        async.addListener(this);
        out.setWriteListener(this);
    }

    boolean isOf(String id) {
        return session.equals(id);
    }

    void changed() {
        send(CHANGED);
    }

    /** Keeps the connection from being taken for idle, and finds out when it is gone. */
    void alive() {
        send(ALIVE);
    }

    private void send(byte[] message) {
        try {
            owe(message);
        } catch (IOException | IllegalStateException e) {
            end();
        }
    }

    private synchronized void owe(byte[] message) throws IOException {
        due = due.length == 0 || message == CHANGED ? message : due;
        write();
    }

    @Override
    public synchronized void onWritePossible() throws IOException {
        write();
    }

    private void write() throws IOException {
        while (!over && (due.length > 0 || unflushed) && out.isReady()) {
            if (due.length > 0) {
                byte[] message = due;
                due = new byte[0];
                unflushed = true;
                out.write(message);
            } else {
                unflushed = false;
                out.flush();
            }
        }
    }

    /** The page opens another one, if it is still there and still may. */
    void end() {
        if (isFirstEnd()) {
            gone.accept(this);
            try {
                async.complete();
            } catch (IllegalStateException e) {
                LOG.log(Level.DEBUG, "channel.closed already");
            }
        }
    }

    /** Only this under the monitor: what is called at the end has locks of its own. */
    private synchronized boolean isFirstEnd() {
        boolean first = !over;
        over = true;
        return first;
    }

    @Override
    public void onError(Throwable cause) {
        end();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        end();
    }

    @Override
    public void onError(AsyncEvent event) {
        end();
    }

    @Override
    public void onComplete(AsyncEvent event) {
        if (isFirstEnd()) {
            gone.accept(this);
        }
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // Nobody dispatches it.
    }
}
