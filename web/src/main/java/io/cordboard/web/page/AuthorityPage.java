package io.cordboard.web.page;

import io.cordboard.web.WebSettings;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Gives agents' machines the certificate of the local authority, which is public; that it is the
 * right one shows by its fingerprint only.
 */
@RestController
public final class AuthorityPage {
  private final WebSettings.Site site;

  AuthorityPage(WebSettings settings) {
    this.site = settings.site();
  }

  @GetMapping("/local-ca.crt")
  ResponseEntity<String> authority() {
    String pem = site.authority();
    return pem == null
        ? ResponseEntity.notFound().build()
        : ResponseEntity.ok()
            .header(HttpHeaders.CONTENT_TYPE, "application/x-x509-ca-cert")
            .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=cordboard-local-ca.crt")
            .body(pem);
  }
}
