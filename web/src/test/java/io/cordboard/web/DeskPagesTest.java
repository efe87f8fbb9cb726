package io.cordboard.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.web.Client.Answer;
import io.cordboard.web.fake.World;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeskPagesTest {
  @TempDir Path directory;

  @Test
  void thePageIsServedForItsOwnAddressesAndTheApiIsNot() throws Exception {
    Path desk = Files.createDirectories(directory.resolve("desk/assets")).getParent();
    Files.writeString(desk.resolve("index.html"), "<!doctype html><title>Cordboard</title>");
    Files.writeString(desk.resolve("assets/app-1a2b3c.js"), "export {};");
    Files.writeString(desk.resolve("api.html"), "<!doctype html><title>Interface</title>");
    Files.writeString(desk.resolve(".built"), "what the build noted");
    Files.writeString(directory.resolve("secret.txt"), "secret");
    try (TestServer server = TestServer.start(new World(), desk, null)) {
      Client client = server.anybody();
      Answer page = client.get("/");
      assertThat(page.body()).contains("Cordboard");
      assertThat(page.header("Cache-Control")).isEqualTo("no-cache");
      assertThat(page.header("Content-Security-Policy")).contains("script-src 'self'");
      assertThat(client.get("/customers/42?tab=calls").body()).contains("Cordboard");
      Answer script = client.get("/assets/app-1a2b3c.js");
      assertThat(script.header("Cache-Control")).contains("immutable", "max-age=31536000");
      assertThat(script.header("Content-Type")).contains("javascript");
      assertThat(client.get("/assets/old-9z.js").problem()).isEqualTo("/problems/not-found");
      assertThat(client.get("/missing.png").problem()).isEqualTo("/problems/not-found");
      Answer shown = client.get("/api/");
      assertThat(shown.body()).contains("Interface");
      assertThat(shown.header("Cache-Control")).isEqualTo("no-cache");
      assertThat(shown.header("Content-Security-Policy")).contains("script-src 'self'");
      assertThat(client.get("/api").header("Location")).endsWith("/api/");
      assertThat(client.send("POST", "/api/", "{}").problem())
          .isEqualTo("/problems/unauthenticated");
      assertThat(client.get("/api/nowhere").problem()).isEqualTo("/problems/unauthenticated");
      assertThat(client.get("/.built").body()).doesNotContain("what the build noted");
      assertThat(client.get("/%2e%2e/secret.txt").body()).doesNotContain("secret\n", "secret");
      assertThat(client.send("POST", "/", "{}").problem()).isEqualTo("/problems/unauthenticated");
    }
  }
}
