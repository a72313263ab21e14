using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Edits.Hipaa5010;

/// <summary>A span of days that ends before it begins, or a service before the patient's birth.</summary>
internal sealed class ServiceDateAfterThru : Edit
{
    static readonly FindingInfo Span = new()
    {
        Id = "HIP0011", Name = "service-date-after-thru", Severity = Severity.Error, Outcome = Outcome.Rejection,
        Citation = Cited.Guide("loop 2400 DTP*472"),
        Message = "{0} begins on {1} and ends before that, on {2}",
        Rules = "INJ-127", Fix = Remedy.Chart("Write the earlier day first, or correct the day that is wrong"),
        Predicts = [new("CO-16", "M59")],
    };

    static readonly FindingInfo Birth = new()
    {
        Id = "HIP0024", Name = "service-before-birth", Severity = Severity.Error, Outcome = Outcome.Rejection,
        Citation = Cited.Guide("loop 2010 DMG02"),
        Message = "the service date {0} is before the patient's birth",
        Rules = "INJ-203", Fix = Remedy.Chart("Correct the birth date or the service date"),
        Predicts = [new("CO-16", "N329")],
    };

    public override FindingInfo Info => Span;

    public override IReadOnlyList<FindingInfo> Infos { get; } = [Span, Birth];

    public override void Check(BoundClaim claim, FindingList findings)
    {
        for (var i = 0; i < claim.Count; i++)
        {
            ref readonly var line = ref claim.Line(i);
            if (line.Thru != default && line.Thru < line.Date)
                Report(claim, findings, Span, i, Field.Date, CodeAt(claim, i), Arg.Of(line.Date), Arg.Of(line.Thru),
                    first: Supply(claim, i, Field.Date));
        }
        if (claim.Claim.BirthDate is { } born && claim.ServiceDate != default && claim.ServiceDate < born
            && !claim.IsCoded)
            Report(claim, findings, Birth, Field.SubscriberBirthDate, Arg.Of(claim.ServiceDate));
    }
}
