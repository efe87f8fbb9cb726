package io.cordboard.app.tls;

import org.apache.catalina.connector.Connector;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;

/** Where HTTPS is for everybody, a second door on loopback for the commands of this machine. */
public final class LocalDoor implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
  private final Connector connector = new Connector("HTTP/1.1");

  public LocalDoor() {
    connector.setPort(0);
    connector.setProperty("address", "127.0.0.1");
    connector.setProperty("maxThreads", "8");
    connector.setProperty("minSpareThreads", "1");
  }

  @Override
  public void customize(TomcatServletWebServerFactory factory) {
    factory.addAdditionalConnectors(connector);
  }

  /** Its address, while the server runs. */
  public String url() {
    return "http://127.0.0.1:" + connector.getLocalPort();
  }
}
