package io.cordboard.store.demo;

import io.cordboard.kernel.AgentId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The demo's lines, queues and dispositions. */
final class DemoSettings {
  /** Recorded after an announcement, with music while waiting. */
  static final String RECORDED_LINE = "4008001234";

  /** Plain ringing, not recorded. */
  static final String RINGING_LINE = "+861085551234";

  /** Recorded, announced in English; from Ofcom's range for drama. */
  static final String ENGLISH_LINE = "+443069990123";

  static final String CARE = "care";

  private static final String INSERT =
      """
      insert into queue (id, label) values ('care', '客户服务 Care'), ('sales', '销售 Sales')
      on conflict do nothing;
      insert into disposition (code, label_zh, label_en, position) values
        ('solved', '已解决', 'Solved', 1),
        ('follow-up', '待跟进', 'Follow up', 2),
        ('order', '已下单', 'Order placed', 3),
        ('complaint', '投诉', 'Complaint', 4),
        ('wrong-number', '打错电话', 'Wrong number', 5),
        ('dropped', '中断', 'Dropped', 6)
      on conflict do nothing;
      insert into phone_line (did, label, queue_id, waiting, announcement_version,
        announcement_language, announcement_text, recorded, ring_seconds, wrap_up_seconds,
        rejoin_seconds, max_wait_seconds, sorry_version, sorry_language, sorry_text) values
        ('4008001234', '客服热线 400-800-1234', 'care', 'MUSIC', 'zh-2', 'zh-CN',
          '您好，欢迎致电。为了保证服务质量，本次通话将被录音。不同意录音请按 9。', true, 20, 60, 60, 300, 'zh-sorry-1', 'zh-CN',
          '对不起，现在坐席全忙，我们会尽快给您回电。'),
        ('+861085551234', '北京直线', 'sales', 'RINGING', null, null, null, false, 20, 60, 60, 120,
          'zh-sorry-1', 'zh-CN', '对不起，现在坐席全忙，我们会尽快给您回电。'),
        ('+443069990123', 'English service line', 'care', 'MUSIC', 'en-2', 'en',
          'Welcome. This call will be recorded to help us serve you better. If you do not agree, press 9.', true, 20, 60, 60, 300,
          'en-sorry-1', 'en', 'Sorry, nobody is free right now. We will call you back.')
      on conflict do nothing
      """;

  private DemoSettings() {}

  /** Adds what is not there yet; these agents serve both queues. */
  static void load(Connection connection, List<AgentId> agents) throws SQLException {
    try (Statement statement = connection.createStatement();
        PreparedStatement members =
            connection.prepareStatement(
                """
                insert into queue_member (queue_id, agent_id)
                select q.id, a.id from queue q cross join unnest(?::uuid[]) a (id)
                where q.id in ('care', 'sales') on conflict do nothing
                """)) {
      statement.execute(INSERT);
      Object[] ids = agents.stream().map(AgentId::value).toArray();
      members.setArray(1, connection.createArrayOf("uuid", ids));
      members.executeUpdate();
    }
  }
}
