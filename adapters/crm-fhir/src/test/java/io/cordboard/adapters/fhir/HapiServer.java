package io.cordboard.adapters.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.interceptor.api.IInterceptorService;
import ca.uhn.fhir.jpa.provider.JpaSystemProvider;
import ca.uhn.fhir.jpa.search.DatabaseBackedPagingProvider;
import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.provider.ResourceProviderFactory;
import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** One HAPI FHIR server for all tests of this module, on a free port of 127.0.0.1. */
final class HapiServer {
  private static final AtomicReference<HapiServer> ONLY = new AtomicReference<>();

  private final Server server = new Server();
  private final Gate gate = new Gate();
  private final int port;

  private HapiServer() {
    AnnotationConfigApplicationContext beans = new AnnotationConfigApplicationContext();
    beans.register(HapiConfig.class);
    beans.refresh();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler();
    context.setContextPath("/");
    context.addServlet(new ServletHolder(fhir(beans)), "/fhir/*");
    context.addServlet(new ServletHolder(gate.tokens()), "/token");
    context.addFilter(new FilterHolder(gate), "/fhir/*", EnumSet.of(DispatcherType.REQUEST));
    server.setHandler(context);
    try {
      server.start();
    } catch (Exception failed) {
      throw new IllegalStateException(failed);
    }
    port = connector.getLocalPort();
  }

  static synchronized HapiServer started() {
    HapiServer there = ONLY.get();
    if (there == null) {
      there = new HapiServer();
      ONLY.set(there);
    }
    return there;
  }

  int port() {
    return port;
  }

  Gate gate() {
    return gate;
  }

  private static RestfulServer fhir(AnnotationConfigApplicationContext beans) {
    RestfulServer made = new RestfulServer(beans.getBean(FhirContext.class));
    made.registerProviders(beans.getBean("myResourceProvidersR4", ResourceProviderFactory.class).createProviders());
    made.registerProvider(beans.getBean(JpaSystemProvider.class));
    made.setInterceptorService(beans.getBean(IInterceptorService.class));
    made.setPagingProvider(beans.getBean(DatabaseBackedPagingProvider.class));
    made.setDefaultResponseEncoding(EncodingEnum.JSON);
    return made;
  }
}
