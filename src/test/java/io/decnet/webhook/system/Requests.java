package io.decnet.webhook.system;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Requests as browsers, clients of the API and strangers send them: nothing is added to them. */
record Requests(Program program) {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration RAW_PATIENCE = Duration.ofSeconds(10);

    HttpResponse<String> send(
            String method, String path, String body, Optional<String> authorization, String... headers) {
        try {
            return HTTP.send(request(method, path, body, authorization, headers), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    HttpRequest request(String method, String path, String body, Optional<String> authorization, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(program.url(path)))
                .timeout(PATIENCE)
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        authorization.ifPresent(value -> request.header("Authorization", value));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return request.build();
    }

    /** Sends a form, as a browser does. */
    HttpResponse<String> post(String path, String fields, String... headers) {
        var all = new ArrayList<>(List.of(headers));
        all.addAll(List.of("Content-Type", "application/x-www-form-urlencoded"));
        return send("POST", path, fields, Optional.empty(), all.toArray(String[]::new));
    }

    HttpResponse<String> login(String name, String password, String... headers) {
        return post("/login", "name=" + encoded(name) + "&password=" + encoded(password), headers);
    }

    /** The cookie of a new session. */
    String session(String name, String password) {
        return cookie(login(name, password));
    }

    static String cookie(HttpResponse<String> login) {
        return login.headers().firstValue("Set-Cookie").orElseThrow().replaceAll(";.*", "");
    }

    static String basic(String name, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    Socket connected() throws IOException {
        return new Socket(
                InetAddress.getLoopbackAddress(), URI.create(program.url("/")).getPort());
    }

    /** Sends these very bytes, and returns what the server has to say to them: at times nothing. */
    String raw(String text) {
        var answer = new ByteArrayOutputStream();
        try (var socket = connected()) {
            socket.setSoTimeout((int) RAW_PATIENCE.toMillis());
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            socket.getInputStream().transferTo(answer);
        } catch (SocketException | SocketTimeoutException e) {
            return answer.toString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return answer.toString(StandardCharsets.UTF_8);
    }
}
