package io.cordboard.adapterkit.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/** How connections to one system are made and kept. */
final class Connections {
  private static final Timeout CONNECT = Timeout.of(Duration.ofSeconds(5));
  // a request's own limit comes earlier; this one is for a connection that nobody waits for any more
  private static final Timeout SILENCE = Timeout.of(Duration.ofMinutes(5));
  private static final TimeValue UNUSED = TimeValue.of(Duration.ofSeconds(30));
  // then the name is looked at again
  private static final TimeValue LIFE = TimeValue.of(Duration.ofMinutes(5));
  // one that rested longer is looked at before it is used: that takes a millisecond
  private static final TimeValue CHECK_AFTER = TimeValue.of(Duration.ofMillis(20));
  private static final int MOST = 64;
  private static final int MOST_HEADERS = 200;
  private static final int LONGEST_LINE = 32 * 1024;

  private Connections() {}

  static CloseableHttpClient to(Allowed allowed) {
    return HttpClientBuilder.create()
        .setConnectionManager(
            PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(new Looked(allowed))
                .setConnectionFactory(
                    ManagedHttpClientConnectionFactory.builder()
                        .http1Config(
                            Http1Config.custom()
                                .setMaxHeaderCount(MOST_HEADERS)
                                .setMaxLineLength(LONGEST_LINE)
                                .build())
                        .build())
                .setDefaultConnectionConfig(
                    ConnectionConfig.custom()
                        .setConnectTimeout(CONNECT)
                        .setSocketTimeout(SILENCE)
                        .setIdleTimeout(Timeout.of(UNUSED.toDuration()))
                        .setTimeToLive(LIFE)
                        .setValidateAfterInactivity(CHECK_AFTER)
                        .build())
                .setMaxConnTotal(MOST)
                .setMaxConnPerRoute(MOST)
                .build())
        .setDefaultRequestConfig(
            RequestConfig.custom()
                .setProtocolUpgradeEnabled(false)
                .setConnectionRequestTimeout(CONNECT)
                .build())
        .disableRedirectHandling()
        .disableAutomaticRetries()
        .disableCookieManagement()
        .disableAuthCaching()
        .disableContentCompression()
        .setUserAgent("Cordboard")
        .build();
  }

  /** Gives those addresses only that may be connected to. */
  private record Looked(Allowed allowed) implements DnsResolver {
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
      return allowed.resolve(host);
    }

    @Override
    public String resolveCanonicalHostname(String host) {
      return host;
    }
  }
}
