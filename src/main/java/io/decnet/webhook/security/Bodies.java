package io.decnet.webhook.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.concurrent.Semaphore;

/** Has the bodies of forms read by so many threads at most: one that comes byte by byte holds a thread of the server for as long. Safe for any thread. */
final class Bodies {
    private final Semaphore free;

    Bodies(int atOnce) {
        free = new Semaphore(atOnce);
    }

    /** Reads the form; false when too many others are being read. */
    boolean read(HttpServletRequest request) {
        if (!free.tryAcquire()) {
            return false;
        }
        try {
            request.getParameterMap();
            return true;
        } finally {
            free.release();
        }
    }
}
