package io.cordboard.web;

import static io.cordboard.web.SoapCalls.OURS;
import static io.cordboard.web.SoapCalls.code;
import static io.cordboard.web.SoapCalls.envelope;
import static io.cordboard.web.SoapCalls.operation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.sun.net.httpserver.HttpServer;
import io.cordboard.core.trust.Role;
import io.cordboard.web.Client.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Documents that were made to hurt: each is refused in words, at once, and nothing outside is read for it. */
class HostileSoapTest {
  private static final String SECRET = "the-secret-of-this-machine";
  private static final AtomicInteger FETCHED = new AtomicInteger();
  private static TestServer server;
  private static HttpServer outside;
  private static SoapCalls soap;
  private static String key;

  @BeforeAll
  static void start() throws IOException {
    server = TestServer.start();
    key = server.world().key(Role.SUPERVISOR);
    soap = new SoapCalls(server.with(key));
    outside = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    outside.createContext("/", exchange -> {
      FETCHED.incrementAndGet();
      exchange.sendResponseHeaders(200, -1);
      exchange.close();
    });
    outside.start();
  }

  @AfterAll
  static void stop() {
    outside.stop(0);
    server.close();
  }

  private static String at() {
    return "http://127.0.0.1:" + outside.getAddress().getPort() + "/x";
  }

  private static String typed(String subset, String query) {
    return "<!DOCTYPE x [" + subset + "]>" + find(query);
  }

  private static String find(String query) {
    return envelope(operation("FindCustomers", "<query>" + query + "</query>"));
  }

  private static String repeated(int times, String text) {
    return text.repeat(times);
  }

  private static Map<String, String> documents() throws IOException {
    Path secret = Files.writeString(Files.createTempFile("secret", ".txt"), SECRET);
    Map<String, String> all = new LinkedHashMap<>();
    all.put("a file as an entity", typed("<!ENTITY f SYSTEM '" + secret.toUri() + "'>", "&f;"));
    all.put("an address as an entity", typed("<!ENTITY f SYSTEM '" + at() + "'>", "&f;"));
    all.put("a parameter entity", typed("<!ENTITY % p SYSTEM '" + at() + "'>%p;", "a"));
    all.put("an outer document type", "<!DOCTYPE x SYSTEM '" + at() + "'>" + find("a"));
    all.put("a public document type", "<!DOCTYPE x PUBLIC '-//x//y' '" + at() + "'>" + find("a"));
    all.put("an empty document type", "<!DOCTYPE x>" + find("a"));
    all.put("a billion laughs", typed(laughs(), "&l9;"));
    all.put("one long entity many times",
        typed("<!ENTITY a '" + repeated(50_000, "a") + "'>", repeated(10_000, "&a;")));
    all.put("an entity of itself", typed("<!ENTITY a '&a;'>", "&a;"));
    all.put("an entity that is not declared", find("&nobody;"));
    all.put("a schema from outside", find("a").replace("<query>",
        "<query xmlns:i='http://www.w3.org/2001/XMLSchema-instance' i:schemaLocation='" + OURS + " " + at() + "'><x/>"));
    all.put("an include of XInclude",
        find("<i:include xmlns:i='http://www.w3.org/2001/XInclude' href='" + secret.toUri() + "' parse='text'/>"));
    all.put("an include of XOP",
        find("<x:Include xmlns:x='http://www.w3.org/2004/08/xop/include' href='" + secret.toUri() + "'/>"));
    all.put("a style sheet", "<?xml-stylesheet href='" + at() + "'?>" + find("a"));
    all.put("a processing instruction inside", find("<?php echo 1 ?>"));
    all.put("ten thousand elements in each other",
        find(repeated(10_000, "<a>") + repeated(10_000, "</a>")));
    all.put("thirteen in each other", find(repeated(13, "<a>") + repeated(13, "</a>")));
    all.put("ten thousand elements beside each other", find(repeated(10_000, "<a/>")));
    all.put("ten thousand attributes", find("a").replace("<query>",
        IntStream.range(0, 10_000).mapToObj(n -> " a" + n + "=''").collect(Collectors.joining("", "<query", ">"))));
    all.put("two attributes of one name", find("a").replace("<query>", "<query a='1' a='2'>"));
    all.put("ten thousand namespaces", find("a").replace("<query>",
        IntStream.range(0, 5_000).mapToObj(n -> " xmlns:a" + n + "='u'").collect(Collectors.joining("", "<query", ">"))));
    all.put("a name of a hundred thousand letters", find("<" + repeated(100_000, "a") + "/>"));
    all.put("a text of a hundred thousand letters", find(repeated(100_000, "a")));
    all.put("a text in pieces", find(repeated(9_000, "<![CDATA[abc]]>")));
    all.put("a character that XML has not", find("&#0;"));
    all.put("a prefix that is not bound", envelope("<no:FindCustomers/>"));
    all.put("an operation of another's namespace", find("a").replace(OURS, "urn:other"));
    all.put("an operation that there is not", envelope(operation("DropCustomers", "")));
    all.put("two operations", envelope(operation("GetChanges", "") + operation("GetChanges", "")));
    all.put("no operation", envelope(""));
    all.put("two bodies", find("a").replace("<e:Header/>", "<e:Body/>"));
    all.put("a parameter twice", find("a</query><query>b"));
    all.put("a parameter that there is not", find("a</query><admin>true</admin><query>b"));
    all.put("a number that is none", envelope(operation("GetChanges", "<limit>1e9</limit>")));
    all.put("a cursor that nobody gave", envelope(operation("GetChanges", "<cursor>' or 1=1</cursor>")));
    all.put("an id that is none", envelope(operation("GetCustomer", "<id>../../etc/passwd</id>")));
    all.put("half a document", find("a").substring(0, 120));
    all.put("something after the end", find("a") + "<x/>");
    all.put("no XML", "{\"query\": \"a\"}");
    all.put("nothing", " ");
    all.put("another document", "<html><body/></html>");
    return all;
  }

  private static String laughs() {
    StringBuilder subset = new StringBuilder("<!ENTITY l0 'ha'>");
    for (int n = 1; n <= 9; n++) {
      subset.append("<!ENTITY l").append(n).append(" '").append(("&l" + (n - 1) + ";").repeat(10)).append("'>");
    }
    return subset.toString();
  }

  @TestFactory
  Stream<DynamicTest> eachIsRefusedInWordsAndNothingIsReadForIt() throws IOException {
    return documents().entrySet().stream()
        .map(one -> dynamicTest(one.getKey(), () -> refused(one.getValue())));
  }

  private static void refused(String document) {
    long began = System.nanoTime();
    Answer answer = soap.raw(document);
    assertThat(answer.status()).as(answer.body()).isEqualTo(500);
    assertThat(code(answer)).as(answer.body()).isEqualTo("bad-request");
    assertThat(answer.body()).contains("s:Client").doesNotContain(SECRET).hasSizeLessThan(1_000);
    assertThat(FETCHED).hasValue(0);
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void theSameWithoutTheHurtIsAnswered() {
    assertThat(soap.raw(find("a")).status()).isEqualTo(200);
  }

  @Test
  void anEnvelopeThatIsTooLargeIsNotRead() {
    Answer answer = soap.raw(find("a") + " ".repeat(300_000));
    assertThat(answer.status()).isEqualTo(413);
  }

  @Test
  void aHeaderThatMustBeUnderstoodIsNotPassedOver() {
    String header = "<e:Header><w:Security xmlns:w='urn:w' e:mustUnderstand='1'/></e:Header>";
    Answer answer = soap.raw(find("a").replace("<e:Header/>", header));
    assertThat(code(answer)).isEqualTo("must-understand");
    assertThat(answer.body()).contains("s:MustUnderstand");
    assertThat(soap.raw(find("a").replace("<e:Header/>", header.replace("='1'", "='0'"))).status()).isEqualTo(200);
  }

  @Test
  void otherCharactersThanUtf8AreRefused() {
    for (Charset charset : new Charset[] {StandardCharsets.UTF_16, StandardCharsets.ISO_8859_1}) {
      Answer answer = send("text/xml", find("é").getBytes(charset));
      assertThat(code(answer)).as(charset.name()).isEqualTo("bad-request");
    }
  }

  @Test
  void attachmentsAndOtherTypesAreRefusedBeforeAnythingIsRead() {
    for (String type : new String[] {
        "multipart/related; type=\"application/xop+xml\"; boundary=b", "application/xop+xml", "application/json",
        "text/plain", "multipart/related; type=\"text/xml\"; boundary=b"}) {
      Answer answer = send(type, ("--b\r\n\r\n" + find("a") + "\r\n--b--").getBytes(StandardCharsets.UTF_8));
      assertThat(answer.status()).as(type).isEqualTo(415);
    }
  }

  private static Answer send(String type, byte[] body) {
    return server.anybody().send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/soap/cordboard"))
            .header("Authorization", "Bearer " + key)
            .header("Content-Type", type)
            .POST(BodyPublishers.ofByteArray(body))
            .build());
  }
}
