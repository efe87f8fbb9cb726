package io.cordboard.web.guard;

import io.cordboard.web.json.Json;
import io.cordboard.web.problem.Denied;
import io.cordboard.web.problem.Problem;
import io.cordboard.web.problem.Problem.Kind;
import io.cordboard.web.problem.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/** No body longer than {@link Json#MAX_BYTES} is read, 1 MB of hooks, announced or not; nor a slow one for long. */
final class BodyLimit extends OncePerRequestFilter {
  private static final int MAX_TOLD = 1 << 20;
  private static final String HOOKS = "/api/v1/hooks/";
  private final ProblemWriter problems;
  private final SlowBodies slow;

  BodyLimit(ProblemWriter problems, SlowBodies slow) {
    this.problems = problems;
    this.slow = slow;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    int most = isHook(request) ? MAX_TOLD : Json.MAX_BYTES;
    if (isUpload(request)) {
      chain.doFilter(request, response);
    } else if (request.getContentLengthLong() > most) {
      problems.write(response, Problem.of(Kind.TOO_LARGE, tooLarge(most)));
    } else {
      chain.doFilter(new Limited(request, slow, most), response);
    }
  }

  private static String tooLarge(int most) {
    return "A body may have %d bytes at most.".formatted(most);
  }

  /** What a system tells us by itself: it has no session and no key of ours, whatever its headers say. */
  static boolean isHook(HttpServletRequest request) {
    return request.getRequestURI().startsWith(HOOKS);
  }

  /** A file, which whoever takes it reads piece by piece and limits, once it is known who sends it. */
  static boolean isUpload(HttpServletRequest request) {
    return request.getMethod().equals("POST") && request.getRequestURI().equals("/api/v1/imports");
  }

  private static final class Limited extends HttpServletRequestWrapper {
    private final SlowBodies slow;
    private final String address;
    private final int most;
    private @Nullable Counting in;

    Limited(HttpServletRequest request, SlowBodies slow, int most) {
      super(request);
      this.most = most;
      this.slow = slow;
      this.address = request.getRemoteAddr();
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
      Counting counting = in == null ? new Counting(super.getInputStream(), slow, address, most) : in;
      in = counting;
      return counting;
    }

    @Override
    public BufferedReader getReader() throws IOException {
      return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
    }
  }

  private static final class Counting extends ServletInputStream {
    private final ServletInputStream in;
    private final SlowBodies slow;
    private final String address;
    private final long deadline;
    private final int most;
    private long read;

    Counting(ServletInputStream in, SlowBodies slow, String address, int most) {
      this.most = most;
      this.in = in;
      this.slow = slow;
      this.address = address;
      this.deadline = slow.deadline();
    }

    private int wait(SlowBodies.Wait one) throws IOException {
      return in.isFinished() || in.available() > 0
          ? one.read()
          : slow.waitFor(address, deadline, one);
    }

    private int count(int bytes) {
      read += Math.max(0, bytes);
      if (read > most) {
        throw new Denied(Kind.TOO_LARGE, tooLarge(most));
      }
      return bytes;
    }

    @Override
    public int read() throws IOException {
      int value = wait(in::read);
      count(value < 0 ? 0 : 1);
      return value;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      return count(wait(() -> in.read(target, offset, length)));
    }

    @Override
    public boolean isFinished() {
      return in.isFinished();
    }

    @Override
    public boolean isReady() {
      return in.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
      in.setReadListener(listener);
    }
  }
}
