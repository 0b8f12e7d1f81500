package io.decnet.webhook.ops;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** {@code /metrics}: the registry in the text format of Prometheus. */
@WebServlet("/metrics")
public class MetricsServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final String TEXT_FORMAT = "text/plain; version=0.0.4; charset=utf-8";

    @Inject
    private transient PrometheusMeterRegistry registry;

    @Inject
    private transient Gauges gauges;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        gauges.refresh();
        response.setContentType(TEXT_FORMAT);
        response.getOutputStream().write(registry.scrape(TEXT_FORMAT).getBytes(StandardCharsets.UTF_8));
    }
}
