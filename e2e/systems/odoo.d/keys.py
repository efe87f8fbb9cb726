# Keys cannot be made over the network. One for the connection's own user, one for an administrator.
import json
from datetime import datetime, timedelta

groups = ["base.group_user", "base.group_partner_manager", "sales_team.group_sale_salesman_all_leads", "project.group_project_user"]
user = env["res.users"].search([("login", "=", "cordboard")]) or env["res.users"].with_context(no_reset_password=True).create(
    {"name": "Cordboard", "login": "cordboard", "group_ids": [(6, 0, [env.ref(group).id for group in groups])]})
until = datetime.now() + timedelta(days=30)
key = env["res.users.apikeys"].with_user(user)._generate("rpc", "Cordboard", until)
admin = env["res.users.apikeys"].with_user(env.ref("base.user_admin"))._generate("rpc", "Proof", until)
env.cr.commit()
print(json.dumps({"login": user.login, "apiKey": key, "adminLogin": "admin", "adminKey": admin}))
