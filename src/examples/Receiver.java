import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** Prints each request and answers it: {@code Receiver <port> <status>}. */
public class Receiver {
    public static void main(String[] arguments) throws IOException {
        var server = HttpServer.create(new InetSocketAddress("127.0.0.1", Integer.parseInt(arguments[0])), 0);
        int status = Integer.parseInt(arguments[1]);
        server.createContext("/", exchange -> {
            exchange.getRequestHeaders().forEach((name, values) -> System.out.println(name + ": " + values.get(0)));
            System.out.println(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
    }
}
