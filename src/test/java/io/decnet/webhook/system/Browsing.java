package io.decnet.webhook.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** An admin's session at the pages, without a browser: what the server sends is looked at as it is. */
final class Browsing {
    private final Program program;
    private final HttpClient http =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

    private Browsing(Program program) {
        this.program = program;
    }

    static Browsing admin(Program program) {
        var browsing = new Browsing(program);
        browsing.send(HttpRequest.newBuilder(URI.create(program.url("/login")))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("name=admin&password=" + Program.PASSWORD))
                .build());
        return browsing;
    }

    HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(URI.create(program.url(path)))
                .header("Accept", "text/html")
                .build());
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
