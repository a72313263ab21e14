using System.Net;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web.Tests;

/// <summary>Who sees a patient is one event. Every route there is gets asked; one that is new and records nothing fails
/// here.</summary>
[Collection(nameof(WorkedPractice))]
public sealed class RecordedTests(WorkedPractice worked)
{
    const string Family = "Zqfamily", Member = "1EG4TE5MK73";

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_sees_a_patient_is_one_event()
    {
        await worked.Served.InStore(static db => db.Patients.ExecuteUpdateAsync(static set =>
            set.SetProperty(static p => p.Family, Family), Stop));
        var me = await worked.Served.InStore(static db => db.Users.Where(static u => u.UserName == Sample.Owner)
            .Select(static u => u.Id).SingleAsync(Stop));
        var shown = new List<string>();
        var asked = worked.Routes().Where(static r => WorkedPractice.MethodOf(r) == "GET")
            .Select(static r => ("GET", WorkedPractice.Filled(r))).Concat([("GET", "/chart?claim=2"),
                ("GET", "/chart?saved=1"), ("GET", "/settings/patients?edit=1"), ("GET", "/worklist?life=Sent"),
                ("POST", "/chart/patients"), ("POST", "/settings/patients/found")]);
        var faults = new List<string>();
        foreach (var (method, path) in asked)
        {
            var before = await worked.LastEvent();
            var (status, body) = method == "GET" ? await worked.Owner.Get(path)
                : await worked.Owner.Post(path, ("q", Family));
            var events = await worked.EventsAfter(before);
            var isShown = status == HttpStatusCode.OK && (body.Contains(Family, StringComparison.OrdinalIgnoreCase)
                || body.Contains(Member, StringComparison.Ordinal));
            if (isShown) shown.Add(path);
            if (events.Count != (isShown ? 1 : 0) && (isShown || events.Count > 1))
                faults.Add($"{method} {path} {(isShown ? "shows" : "does not show")} a patient: {events.Count} events");
            if (events.Exists(e => e.PersonId != me || e.Act is not ("read" or "export") || e.Subject.Length == 0
                || DateTime.UtcNow - e.At > TimeSpan.FromMinutes(1)))
                faults.Add($"{method} {path}: {string.Join(", ", events.Select(static e => e.Act + " " + e.Subject))}");
        }
        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.True(shown.Count >= 12, string.Join(' ', shown));
    }
}
