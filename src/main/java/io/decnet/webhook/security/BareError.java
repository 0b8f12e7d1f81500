package io.decnet.webhook.security;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What a browser gets with an error that has no page of its own: the status in words, nothing of the request, and not which server says so. It
 * reads nothing of the request either, because strangers send what they like as slowly as they like.
 */
@WebServlet("/error")
public class BareError extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final String PAGE =
            "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"UTF-8\"><title>%1$s · DECNET Webhook</title></head>"
                    + "<body><h1>%1$s</h1><p><a href=\"%2$s/\">DECNET Webhook</a></p></body></html>";
    private static final Map<Integer, String> WORDS = Map.of(
            400, "Bad Request",
            401, "Unauthorized",
            403, "Forbidden",
            404, "Not Found",
            405, "Method Not Allowed");

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        // Whoever has typed the address finds nothing here.
        int status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code
                ? code
                : HttpServletResponse.SC_NOT_FOUND;
        response.setStatus(status);
        SecurityHeaders.set(response, SecurityHeaders.NOTHING);
        response.setContentType("text/html;charset=UTF-8");
        var words = (status + " " + WORDS.getOrDefault(status, "")).strip();
        response.getOutputStream()
                .write(PAGE.formatted(words, request.getContextPath()).getBytes(StandardCharsets.UTF_8));
    }
}
