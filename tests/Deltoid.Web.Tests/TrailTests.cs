using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Deltoid.Store.Model;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web.Tests;

/// <summary>
/// Every form about the practice's data, sent as its page sends it: the trail has one event of each thing that was
/// changed or seen, by whom, when, and from what to what.
/// </summary>
public sealed class TrailTests(WorkedPractice worked) : IClassFixture<WorkedPractice>
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>A form that is sent.</summary>
    /// <param name="Events">Act and subject of each, with commas between; a star: with old and new values.</param>
    /// <param name="Page">Whose form it is: what stands in its other fields is sent too; empty: none.</param>
    /// <param name="Fields">A text that begins with @ is looked for in the answer before.</param>
    sealed record Sent(string Path, string Events, string Page, params (string Name, string Text)[] Fields);

    static string Day(int days) => DateTime.Today.AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    static string Key() => Guid.NewGuid().ToString();

    static IEnumerable<Sent> OfCharts()
    {
        (string, string)[] shot = [("Key", Key()), ("Patient", "1"), ("Who", "Example, Pat · 04/09/1958"),
            ("Day", Day(0)), ("Role", "ma"), ("Shots[0].Drug", "cyanocobalamin"), ("Shots[0].Dose", "1000 mcg"),
            ("Shots[0].Route", "im"), ("Shots[0].Site", "left deltoid"), ("Shots[0].LotId", "1"),
            ("Shots[0].Diagnosis", "D51.0"), ("Shots[0].Indication", "low"), ("Shots[0].OrderBy", "Dr. Sample"),
            ("Shots[0].OrderOn", Day(-9))];
        yield return new("/chart/patients", "read patients", "", ("q", "exa"));
        yield return new("/chart/drugs", "", "", ("q", "b12"), ("patient", "1"));
        yield return new("/chart/diagnoses", "", "", ("q", "d51"));
        yield return new("/chart/fields", "read patient/1", "", [.. shot, ("Act", "patient"), ("Value", "1")]);
        yield return new("/chart/preview", "", "", shot);
        yield return new("/chart/draft", "", "", shot); // a text of one's own, until it is saved
        yield return new("/chart", "create claim/10", "", [.. shot, ("Waited", "true")]);
        yield return new("/chart/new", "", "", ("claim", "0"));
        yield return new("/chart/note", "", "", ("note", "B12 1000 mcg IM L delt given")); // read, and not kept
        yield return new("/chart/note/take", "", "", ("note", "B12 1000 mcg IM L delt given"),
            ("take", "/administrations/0/drug"));
        yield return new("/smart/chart", "", "", ("take", "0")); // the launch was the event; this fills a form
        yield return new("/chart/ask", "task claim/2", "", ("claim", "2"), ("for", ""));
        yield return new("/stock/scan", "", "", ("code", "00517-0031-25"));
        yield return new("/stock/receive", "receive lot/6*", "", ("Ndc", "00517-0031-25"), ("Drug", "cyanocobalamin"),
            ("Lot", "NEW-1"), ("Expires", Day(300)), ("Container", "single-dose"), ("Holds", "1000 mcg"),
            ("Source", "Own"), ("Containers", "5"));
        yield return new("/stock/lots/6/count", "count lot/6*", "/stock/lots/6", ("found", "4"), ("why", "one broke"));
        yield return new("/stock/lots/6/remove", "discard lot/6*", "/stock/lots/6", ("kind", "Discarded"),
            ("amount", "1"), ("witness", "Bea"), ("why", "fell"));
        yield return new("/stock/lots/6/recall", "recall lot/6*", "");
        yield return new("/stock/shots/1/not-billed", "not-billed claim/1*", "", ("why", "a gift"));
    }

    static IEnumerable<Sent> OfClaims()
    {
        const string Saved = "/claims/1";
        yield return new("/claims/1/check", "", Saved, ("authorization", "A-1"));
        yield return new("/claims/1/compare", "", Saved, ("authorization", "A-1"));
        yield return new("/claims/1/draft", "", Saved, ("authorization", "A-1"));
        yield return new("/claims/1/draft/forget", "", "", ("list", ""));
        yield return new("/claims/1", "change claim/1*", Saved, ("authorization", "A-1"), ("act", "save"));
        yield return new("/claims/1/restore", "change claim/1*", "", ("version", "1"), ("list", ""));
        yield return new("/claims/2/attest", "attest claim/2*", "", ("what", "99202-25 on line 1"), ("answer", "yes"),
            ("reason", "page 2"));
        yield return new("/claims/2/check", "", "/claims/2");
        yield return new("/claims/2/set-aside", "set-aside claim/2*", "", ("version", "2"),
            ("key", "@data-key=\"([^\"]+)"), ("reason", "it was asked"), ("until", Day(9)));
        yield return new("/claims/2/take-back", "count-again claim/2*", "", ("override", "1"), ("list", ""));
        yield return new("/claims/1/tasks", "task claim/1", Saved, ("text", "call"), ("due", Day(2)));
        yield return new("/tasks/1/done", "task-done claim/1", "");
        yield return new("/claims/5/renew", "change claim/5*", "", ("list", ""));
        yield return new("/claims/6/send-again", "send-again claim/6, send claim/6*", "", ("reason", "enrolled"));
        yield return new("/claims/7/reopening", "ask-reopening claim/7*", "", ("reason", "two units"));
        yield return new("/claims/7/record", "create fact/1*", "/claims/7/record?fact=order-on-file",
            ("field.by", "Dr. Sample"), ("where", "page 3"));
        yield return new("/claims/7/record/withdraw", "change fact/1*", "", ("fact", "1"));
        yield return new("/claims/8/correct", "change claim/8*", "", ("frequency", "7"), ("list", ""));
    }

    static IEnumerable<Sent> OfLists()
    {
        yield return new("/worklist/fix", "", "", ("all", "yes"), ("list", "life=Held"));
        yield return new("/worklist/fix/apply", "change claim/3*, free claim/3", "", ("claim", "3"), ("list", ""),
            ("key", "@name=\"key\" value=\"([^\"]*ndc[^\"]*)"));
        yield return new("/worklist/fix/undo", "change claim/3*", "", ("claim", "3"), ("list", ""),
            ("batch", "@name=\"batch\" value=\"([^\"]+)"));
        yield return new("/worklist/assign", "assign claim/1*", "", ("mark", "1"), ("person", "2"));
        yield return new("/worklist/snooze", "snooze claim/1*", "", ("mark", "1"), ("until", Day(9)), ("news", "yes"));
        yield return new("/worklist/undo", "snooze claim/1*", "", ("batch", "@moved=([^&]+)"));
        yield return new("/worklist/views", "", "", ("name", "mine"), ("list", "life=Held")); // a person's own
        yield return new("/worklist/views/remove", "", "", ("view", "1"));
        yield return new("/claims/send", "ask job/1, send claim/1*", "", ("claim", "1"), ("key", Key()));
        yield return new("/files", "ask job/2, receive file/9, post claim/4", "", ("key", Key()), ("files",
            Encoding.ASCII.GetString(PaymentFiles.Write(1, new PaidSet("T1", "20260401", [new("C000004", "I1")])))));
        yield return new("/trail/verify", "", "");
    }

    static IEnumerable<Sent> OfMoney()
    {
        yield return new("/remittances", "ask job/3, receive file/10", "", ("key", Key()), ("files",
            Encoding.ASCII.GetString(PaymentFiles.Write(2, new PaidSet("T2", "20260402", [new("OLD-1", "I2")])))));
        yield return new("/remittances/2/match", "match remittance/2", "", ("number", "OLD-1"), ("claim", "C000004"));
        yield return new("/remittances/2/match", "match remittance/2", "", ("number", "OLD-1"), ("claim", ""));
        yield return new("/remittances/holds", "add hold-rule/CO-97*", "", ("reason", "CO-97"), ("on", "true"));
        yield return new("/remittances/post", "post remittance/2", "", ("payment", "2"));
        yield return new("/remittances/2/take-back", "take-back remittance/2*", "", ("why", "wrong month"));
        yield return new("/claims/7/appeal", "appeal claim/7*", "", ("sent", Day(0)));
        yield return new("/claims/7/appeal/end", "appeal-end claim/7", "", ("outcome", "Lost"));
        yield return new("/claims/7/alike", "read claim/7", "", ("action", "bill-patient"), ("claim", "7"),
            ("why", "the payer will not"));
        yield return new("/claims/7/write-off", "write-off claim/7*", "", ("why", "not in the record"));
        yield return new("/claims/9/bill-patient", "bill-patient claim/9*", "", ("why", "the notice is signed"));
        yield return new("/claims/9/statement", "statement claim/9*", "", ("from", ""));
        yield return new("/claims/9/patient-payment", "patient-payment claim/9*", "", ("amount", "10.00"),
            ("day", Day(0)), ("how", "check"), ("reference", "1001"));
        yield return new("/claims/9/patient-payment/take-back", "patient-payment-back claim/9*", "/claims/9",
            ("why", "bounced"));
        yield return new("/claims/9/patient-write-off", "patient-write-off claim/9*", "", ("why", "hardship"));
        yield return new("/remittances/paper", "read claim/4", "", ("act", "lines"), ("claims", "C000004"));
    }

    static string LastMonth => DateTime.Today.AddMonths(-1).ToString("yyyy-MM", CultureInfo.InvariantCulture);

    const string Rule = """
        rule      OWN0001 b12-shot-in-place-11
        severity  warning
        outcome   denial
        predicts  CO-5
        message   This payer denies the shot in place 11
        citation  Our remittances
        from      2026-01-01
        when      code is 96372
        and       place is 11
        case fires
          pos 11  dos 2026-03-02
          1  96372  x1
        case quiet
          pos 22  dos 2026-03-02
          1  96372  x1
        """;

    static IEnumerable<Sent> OfManager()
    {
        yield return new("/manager/rules/try", "", "", ("text", Rule));
        yield return new("/manager/rules/on", "switch-on rule/1*, judge claim/5, judge claim/8", "", ("text", Rule));
        yield return new("/manager/rules/off", "switch-off rule/1*, judge claim/5, judge claim/8", "", ("rule", "1"));
        foreach (var month in ClosedUntil(LastMonth))
            yield return new("/manager/books/close", $"close books/{month}*", "", ("month", month));
        yield return new("/manager/books/reopen", $"reopen books/{LastMonth}", "", ("month", LastMonth),
            ("why", "a deposit was missing"));
    }

    /// <summary>Each month since that of the oldest charge, the day of the examples.</summary>
    static IEnumerable<string> ClosedUntil(string last)
    {
        for (var month = new DateOnly(2026, 3, 1); ; month = month.AddMonths(1))
        {
            var name = month.ToString("yyyy-MM", CultureInfo.InvariantCulture);
            yield return name;
            if (name == last) yield break;
        }
    }

    static IEnumerable<Sent> OfCompliance()
    {
        const string Wrong = "not in the record at all", Review = "/compliance/claims/1";
        yield return new("/compliance/audits", "create audit/1*", "", ("Name", "March"), ("From", "2026-03-01"),
            ("Thru", "2026-03-31"), ("Kind", "Random"), ("Size", "2"), ("Seed", "7"));
        yield return new(Review, "audit sampled/1*", Review, ("line.1.verdict", "Agree"),
            ("line.2.verdict", "NotDocumented"), ("line.2.reason", Wrong));
        yield return new("/compliance/overpayments", "create overpayment/1*", "", ("key", "audit/1/claim/4"),
            ("known", Day(-1)));
        yield return new("/compliance/overpayments/1/inquiry", "change overpayment/1*", "", ("day", Day(-1)));
        yield return new("/compliance/overpayments/1/settle", "settle overpayment/1*", "", ("end", "Refunded"),
            ("day", Day(-1)), ("why", "check 12"));
        yield return new("/compliance/education", "create lesson/1*", "", ("rule", Wrong), ("npi", "1245319599"),
            ("wanted", "1"));
        yield return new("/compliance/education/1/taught", "change lesson/1*", "", ("day", "2026-03-01"));
        yield return new(Review, "audit sampled/1*", "", ("all", "agree"));
        yield return new("/compliance/education/1/close", "change lesson/1*", "");
        yield return new("/policies", "create policy/1*", "", ("name", "Billing"), ("from", Day(0)),
            ("text", "Bill what is charted."));
        yield return new("/compliance/access", "review-access person/1*", "", ("person", "1"), ("keep", "yes"));
        yield return new("/compliance/staff/births", "change provider/1", "", ("who", "provider/1"),
            ("day", "1970-01-01"));
        yield return new("/compliance/staff/check", "check exclusions/1*", "", ("day", Day(-1)), ("files",
            "LASTNAME,FIRSTNAME,BUSNAME,NPI,DOB,EXCLTYPE,EXCLDATE,REINDATE\n"
                + "SAMPLE,DANA,,0000000000,19700101,1128a1,20260101,00000000\n"));
        yield return new("/compliance/staff/matches/1", "change exclusion/1*", "", ("decision", "Other"),
            ("why", "another address"));
        yield return new("/compliance/staff/dates", "create credential/1*", "", ("Who", "practice"), ("Kind", "CLIA"),
            ("Number", "14D0000000"), ("From", Day(-9)), ("Expires", Day(9)));
        yield return new("/compliance/staff/dates/1/renew", "change credential/1*", "", ("from", Day(10)),
            ("expires", Day(300)));
        yield return new("/compliance/staff/dates/2/end", "change credential/2*", "", ("why", "the lab is closed"));
        yield return new("/compliance/evidence", "export evidence", "", ("from", Day(-9)), ("thru", Day(0)));
    }

    static IEnumerable<Sent> OfCare()
    {
        yield return new("/care/find", "read patients", "", ("q", "exa"));
        yield return new("/care/1/visits", "create pre-visit/1*", "", ("Day", Day(-2)), ("Mode", "video"),
            ("Provider", "1"), ("Drug", "b12"), ("Thru", Day(90)), ("Consent", Day(-2)));
        yield return new("/care/fields", "create outcome-field/1*", "", ("treatment", "1"), ("name", "pain"),
            ("low", "0"), ("high", "10"), ("weeks", "1"));
        yield return new("/care/1/outcomes", "create outcome/1*", "", ("visit", "1"), ("field", "1"), ("week", "1"),
            ("value", "4"));
        yield return new("/care/fields/1/end", "change outcome-field/1*", "");
        yield return new("/care/1/benefits", "create benefit/1*", "", ("Coverage", "1"), ("Asked", Day(-1)),
            ("Copay", "20.00"), ("Source", "portal"));
    }

    static IEnumerable<Sent> OfSettings()
    {
        yield return new("/settings/practice", "change practice/1*", "/settings/practice", ("Phone", "2175550199"));
        yield return new("/settings/patients", "change patient/1*", "/settings/patients?edit=1", ("Given", "Patty"));
        yield return new("/settings/patients/found", "read patients", "", ("q", "exa"));
        yield return new("/settings/patients/1", "change coverage/1*", "/settings/patients/1?edit=1",
            ("MemberId", "1EG4TE5MK74"));
        yield return new("/settings/patients/1/orders", "change order/1*", "/settings/patients/1/orders?edit=1",
            ("By", "Dr. Other"));
        yield return new("/settings/drugs", "", "", ("q", "b12"));
        yield return new("/settings/payers/1", "change payer/1*", "/settings/payers/1", ("timelyDays", "300"));
        yield return new("/settings/payers/1/contract", "change payer/1*", "/settings/payers/1", ("act", "row"),
            ("codes", "96372"), ("method", "per-unit"), ("amount", "30.00"),
            ("from", "2026-01-01"), ("source", "2026"));
        yield return new("/settings/people", "create person/4*", "", ("Person", "New"), ("Name", "new"),
            ("Role", "Coder"), ("Password", "a long sentence of words"));
        yield return new("/settings/people/4", "change person/4*", "", ("Role", "Auditor"));
        yield return new("/settings/people/4/second-factor/remove", "change person/4", "");
        yield return new("/settings/programs", "create program/1*", "", ("Name", "EHR"), ("Scopes", "claims.read"),
            ("Expires", Day(30)));
        yield return new("/settings/programs/1/revoke", "revoke program/1*", "");
        yield return new("/settings/webhooks", "create webhook/2*", "", ("Url", "https://example.invalid/hook"));
        yield return new("/settings/webhooks/2/end", "end webhook/2*", "");
        yield return new("/settings/webhooks/messages/1/again", "send-again webhook/1", "");
        yield return new("/settings/clearinghouse", "create clearinghouse/1*", "", ("Host", "sftp.example.invalid"),
            ("Port", "22"), ("User", "clinic"), ("Password", "secret"), ("Fingerprint", "SHA256:" + new string('a', 43)),
            ("Outbound", "/in"), ("Inbound", "/out"));
        yield return new("/settings/clearinghouse/1", "decide file/1*", "", ("act", "arrived"));
        yield return new("/settings/import/patients", "", "", ("text",
            "Last Name,First Name,DOB,Gender,Address,City,ST,Zip Code,Insurance,Member ID\n"
                + "New,Ann,02/03/1960,F,1 Road,Peoria,IL,61602,MEDICARE-B,1EG4TE5MK99\n"));
        yield return new("/settings/import/patients/columns", "", "/settings/import/patients");
        yield return new("/settings/import/patients/failed", "", "");
        yield return new("/settings/import/patients/confirm", "create patient/3*, create coverage/3*, "
            + "import import/patients", "/settings/import/patients");
        yield return new("/settings/import/patients/leave", "", "");
        yield return new("/settings/second-factor", "change practice/1*", "", ("required", "true"));
    }

    [Fact]
    public async Task What_a_form_changes_or_shows_is_one_event_of_each_thing_with_its_old_and_new_values()
    {
        var (faults, asked, last) = (new List<string>(), new HashSet<string>(), "");
        foreach (var sent in OfCharts().Concat(OfClaims()).Concat(OfLists()).Concat(OfMoney()).Concat(OfManager())
            .Concat(OfCompliance()).Concat(OfCare()).Concat(OfSettings()))
        {
            asked.Add(worked.PostTo(sent.Path)!.Value.Route.RoutePattern.RawText!);
            var fields = await FieldsOf(sent, last);
            var before = await worked.LastEvent();
            using var answer = await worked.Owner.Send(HttpMethod.Post, sent.Path, fields);
            last = await answer.Content.ReadAsStringAsync(Stop) + answer.Headers.Location;
            var events = await worked.EventsAfter(before);
            if ((int)answer.StatusCode is not (200 or 204 or 302))
                faults.Add($"{sent.Path}: {(int)answer.StatusCode} {Browsing.Words(last)}");
            var said = string.Join(", ", events.Select(static e => $"{e.Act} {e.Subject}{(IsTold(e) ? "*" : "")}"));
            if (said != sent.Events) faults.Add($"{sent.Path}: {said}, and not {sent.Events}");
            if (events.Exists(static e => e.PersonId != 1 || DateTime.UtcNow - e.At > TimeSpan.FromMinutes(1)))
                faults.Add($"{sent.Path}: by whom, or when");
        }
        Assert.True(faults.Count == 0, string.Join('\n', faults));
        // of what is a person's own, AccountTests say what the trail has; of a payment's twin, PaidTwiceTests
        Assert.Empty(worked.Posts().Where(static r =>
            r.Metadata.GetMetadata<Access.RoutePolicy>()!.Permission is not null)
            .Select(static r => r.RoutePattern.RawText!).Except(asked)
            .Except(["/remittances/{id:long}/another"]));
    }

    async Task<(string, string)[]> FieldsOf(Sent sent, string last)
    {
        string Found(string pattern) =>
            Uri.UnescapeDataString(WebUtility.HtmlDecode(Regex.Match(last, pattern).Groups[1].Value));
        var given = sent.Fields.Select(f => (f.Name, Text: f.Text is ['@', .. var pattern] ? Found(pattern) : f.Text))
            .ToList();
        if (sent.Page.Length == 0) return [.. given];
        var (_, page) = await worked.Owner.Get(sent.Page);
        var form = PageForm.Of(page).Find(f => f.Addresses.Any(a => sent.Path.StartsWith(a, StringComparison.Ordinal))
            && given.TrueForAll(g => f.Fields.Any(own => own.Name == g.Name)));
        Assert.True(form is not null, $"{sent.Page} has no form for {sent.Path}");
        return [.. form.Fields.Where(f => f.Text is not null && f.Name != "__RequestVerificationToken"
            && !given.Exists(g => g.Name == f.Name)).Select(static f => (f.Name, f.Text!)).Concat(given)];
    }

    /// <summary>Whether it holds an old and a new value that differ, or what was made or said.</summary>
    static bool IsTold(AuditEvent one)
    {
        if (one.Changes.Length == 0) return false;
        using var json = JsonDocument.Parse(one.Changes);
        return json.RootElement.ValueKind != JsonValueKind.Object || json.RootElement.EnumerateObject().Any(static p =>
            p.Value.ValueKind != JsonValueKind.Array
            || (p.Value.GetArrayLength() == 2 && p.Value[0].ToString() != p.Value[1].ToString()));
    }
}
