using System.CommandLine;
using System.CommandLine.Parsing;
using Deltoid.Claims;
using Deltoid.Values;
using Deltoid.X12.Envelope;
using Deltoid.X12.Guides;
using Deltoid.X12.Inquiries;
using Deltoid.X12.Segments;

namespace Deltoid.Cli;

/// <summary>
/// The part of <c>emit</c> that asks payers: about eligibility (270) and about the status of claims (276).
/// </summary>
sealed class EmitInquiries : EmitForm
{
    const StringSplitOptions Words = StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries;

    readonly Option<string> serviceType = new("--service-type")
    {
        Description = "270: types of service to ask about, with commas; 30 is the plan as a whole, 98 an office visit",
        DefaultValueFactory = static _ => "30", HelpName = "CODES",
    };

    readonly Option<bool>
        procedures = new("--procedures")
        {
            Description = "270: ask about each procedure of the claim, not about types of service",
        },
        lines = new("--lines") { Description = "276: ask about each line of the claim too" };

    readonly TransactionSet set;
    readonly EnvelopeOptions envelope;

    EmitInquiries(TransactionSet set, string help, EnvelopeOptions envelope)
        : base(set.Name, $"a {set.Name}", help)
    {
        (this.set, this.envelope) = (set, envelope);
        Options = AsksForCover ? [serviceType, procedures] : [lines];
    }

    public static EmitForm[] Forms(EnvelopeOptions envelope) =>
    [
        new EmitInquiries(InquirySets.EligibilityInquiry, "ask the payer whether the patient is covered", envelope),
        new EmitInquiries(InquirySets.StatusInquiry, "ask the payer what became of the claim", envelope),
    ];

    bool AsksForCover => set == InquirySets.EligibilityInquiry;

    public override IReadOnlyList<Option> Options { get; }

    public override void Validate(CommandResult result)
    {
        if (AsksForCover && result.GetResult(procedures) is { Implicit: false }
            && result.GetResult(serviceType) is { Implicit: false })
            result.AddError(
                "--procedures asks about procedures and --service-type about types of service: give only one");
    }

    /// <summary>Makes questions from claims, and reads them back as their receiver would.</summary>
    public override int Write(EmitJob job)
    {
        var (terminal, parse, claims, output, exit) = job;
        if (envelope.UnusedIn(parse, isAsked: true) is { } unused) return terminal.Refuse(unused);
        if (envelope.TermsOf(parse, claims[0].Claim!, terminal) is not { } terms) return Exit.Usage;
        var scope = AsksForCover
            ? new InquiryScope(parse.GetValue(serviceType)!.Split(',', Words), parse.GetValue(procedures), false)
            : new InquiryScope([], false, parse.GetValue(lines));
        var writer = new InquiryFileWriter(terms);
        try { writer.Write(InquiryBuilder.Of([.. claims.Select(static c => c.Claim!)], set, terms, scope)); }
        catch (InputException e)
        {
            return EmitCommand.Deliver(terminal, writer.Output, [$"file: {e.Message}\n  try: {e.Try}"], output, exit);
        }
        writer.Finish();
        var faults = new EmittedInquiry(isFromClaims: true).Of(writer.Output.Written.ToArray());
        return EmitCommand.Deliver(terminal, writer.Output, AsksForCover ? [.. faults, .. NotFound(claims)] : faults,
            output, exit);
    }

    /// <summary>The guide leaves open by what a payer finds a patient; by less than this no payer does.</summary>
    static IEnumerable<string> NotFound(List<FiledClaim> claims)
    {
        for (var i = 0; i < claims.Count; i++)
        {
            var claim = claims[i].Claim!;
            if (!claim[Party.Subscriber, PartyField.MemberId].IsEmpty) continue;
            var isNamed = !claim[Party.Subscriber, PartyField.Name].IsEmpty
                && !claim[Party.Subscriber, PartyField.First].IsEmpty;
            if (isNamed && (claim.BirthDate is not null || !claim[Party.Subscriber, PartyField.BirthDate].IsEmpty))
                continue;
            yield return $"claim {i + 1}: /subscriber/memberId: the payer cannot find the patient "
                + "without a member id, or name and day of birth\n  try: Fill it";
        }
    }

    /// <summary>Writes sets as <c>read</c> gave them, all of one kind.</summary>
    public static (SegmentWriter Written, IReadOnlyList<string> Faults) Write(List<Inquiry> inquiries,
        EnvelopeTerms terms)
    {
        var writer = new InquiryFileWriter(terms);
        foreach (var inquiry in inquiries) writer.Write(inquiry);
        writer.Finish();
        return (writer.Output, new EmittedInquiry(isFromClaims: false).Of(writer.Output.Written.ToArray()));
    }
}
