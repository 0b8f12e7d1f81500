package io.decnet.webhook.rest;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Answers what is under {@code /api} but not of this version, so that also there an error is a problem and no page. */
@WebServlet("/api/*")
public class Elsewhere extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setStatus(Response.Status.NOT_FOUND.getStatusCode());
        response.setContentType(Problem.MEDIA_TYPE);
        response.getOutputStream()
                .write(Problem.of(Response.Status.NOT_FOUND, "the API is under /api/v1")
                        .text()
                        .getBytes(StandardCharsets.UTF_8));
    }
}
