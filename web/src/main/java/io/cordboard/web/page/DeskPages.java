package io.cordboard.web.page;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.PathResourceResolver;

/**
 * Serves the built desk from a directory. Files under {@code assets} carry a hash in their name and
 * never change; {@code /api/} is the page that shows the interface; every other address that names
 * no file is the desk's own page.
 */
public final class DeskPages implements WebMvcConfigurer {
  private static final Duration YEAR = Duration.ofDays(365);
  private final Path directory;

  public DeskPages(Path directory) {
    this.directory = directory.toAbsolutePath().normalize();
  }

  @Override
  public void addResourceHandlers(ResourceHandlerRegistry registry) {
    registry
        .addResourceHandler("/assets/**")
        .addResourceLocations(location(directory.resolve("assets")))
        .setCacheControl(CacheControl.maxAge(YEAR).cachePublic().immutable());
    registry
        .addResourceHandler("/**")
        .addResourceLocations(location(directory))
        .setCacheControl(CacheControl.noCache())
        .resourceChain(false)
        .addResolver(new OrIndex(directory.resolve("index.html")));
  }

  @Override
  public void addViewControllers(ViewControllerRegistry registry) {
    registry.addViewController("/").setViewName("forward:/index.html");
    registry.addViewController("/api/").setViewName("forward:/api.html");
    registry.addRedirectViewController("/api", "/api/");
  }

  private static String location(Path path) {
    // a directory's URI ends with a slash only while it exists
    String uri = path.toUri().toString();
    return uri.endsWith("/") ? uri : uri + "/";
  }

  private static final class OrIndex extends PathResourceResolver {
    private final Path index;

    OrIndex(Path index) {
      this.index = index;
    }

    @Override
    protected @Nullable Resource getResource(String path, Resource location) throws IOException {
      Resource file = isHidden(path) ? null : super.getResource(path, location);
      return file != null || !isPage(path) ? file : index();
    }

    private @Nullable Resource index() {
      Resource page = new FileSystemResource(index);
      return page.exists() ? page : null;
    }

    /** What the build leaves beside the desk is nobody's. */
    private static boolean isHidden(String path) {
      return path.startsWith(".") || path.contains("/.");
    }

    private static boolean isPage(String path) {
      boolean ours = path.startsWith("api/") || path.equals("api") || path.startsWith("health/");
      return !ours && !path.substring(path.lastIndexOf('/') + 1).contains(".");
    }
  }
}
