using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Rules;
using Deltoid.Values;

namespace Deltoid.Edits.History;

/// <summary>A new-patient visit within three years of another visit to the same group.</summary>
internal sealed class NewPatientSeenBefore : Edit
{
    public override FindingInfo Info { get; } = new()
    {
        Id = "PAY0013", Name = "new-patient-seen-before", Severity = Severity.Error, Outcome = Outcome.Denial,
        Citation = Cited.Claims("ch. 12, §30.6.7.A"),
        Message = "{0} is for new patients, and {1} was billed on {2}",
        Rules = "INJ-082 INJ-081", Fix = Remedy.Chart("Use the established-patient code that the note supports"),
        Predicts = [new("CO-B16")],
    };

    public override CodeGroups All => Group.HistoryPresent;

    public override CodeGroups Any => Group.OfficeVisit | Group.PreventiveVisit;

    public override void Check(BoundClaim claim, FindingList findings)
    {
        foreach (var i in claim.LinesIn(Any))
            if (claim.Is(i, Group.NewPatientVisit) && Earlier(claim, claim.Day(i)) is { } seen)
                Report(claim, findings, Info, i, Field.Code, CodeAt(claim, i), Arg.Of(seen.Code), Arg.Of(seen.Date),
                    first: Supply(claim, i, Field.Code));
    }

    /// <summary>The latest visit within three years before the day.</summary>
    static EarlierService? Earlier(BoundClaim claim, DateOnly day)
    {
        EarlierService? found = null;
        var seenSince = day.AddYears(-Limits.Of(Limit.NewPatientYears));
        var services = claim.History!.Services;
        for (var s = 0; s < services.Count; s++)
        {
            var service = services[s];
            if (service.Date >= day || service.Date <= seenSince || (found is { } f && f.Date >= service.Date))
                continue;
            if (claim.Book.TryCode(service.Code, service.Date, out var row)
                && row.Groups.HasAny(Group.Visit | Group.PreventiveVisit))
                found = service;
        }
        return found;
    }
}
