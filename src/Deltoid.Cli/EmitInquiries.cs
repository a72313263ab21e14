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
sealed class EmitInquiries
{
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

    /// <summary>The values of <c>--form</c> that ask.</summary>
    public static readonly string[] Forms = ["270", "276"];

    public void AddTo(Command command)
    {
        command.Add(serviceType);
        command.Add(procedures);
        command.Add(lines);
    }

    /// <summary>An option that the form does not take is an error.</summary>
    public void Validate(CommandResult result, string form)
    {
        Need(result, serviceType, form, "270");
        Need(result, procedures, form, "270");
        Need(result, lines, form, "276");
        if (result.GetResult(procedures) is { Implicit: false } && result.GetResult(serviceType) is { Implicit: false })
            result.AddError(
                "--procedures asks about procedures and --service-type about types of service: give only one");
    }

    static void Need(CommandResult result, Option option, string form, string needed)
    {
        if (form != needed && result.GetResult(option) is { Implicit: false })
            result.AddError($"{option.Name} is for a {needed}: give --form {needed} too");
    }

    /// <summary>Makes questions from claims, and reads them back as their receiver would.</summary>
    /// <returns>What was written, and what is wrong with it.</returns>
    public (SegmentWriter Written, IReadOnlyList<string> Faults) Write(ParseResult parse, List<FiledClaim> claims,
        string form, EnvelopeTerms terms)
    {
        var set = form == "276" ? InquirySets.StatusInquiry : InquirySets.EligibilityInquiry;
        const StringSplitOptions Words = StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries;
        var types = parse.GetValue(serviceType)!.Split(',', Words);
        var scope = new InquiryScope(types, parse.GetValue(procedures), parse.GetValue(lines));
        var writer = new InquiryFileWriter(terms);
        try { writer.Write(InquiryBuilder.Of([.. claims.Select(static c => c.Claim!)], set, terms, scope)); }
        catch (InputException e) { return (writer.Output, [$"file: {e.Message}\n  try: {e.Try}"]); }
        writer.Finish();
        var faults = new EmittedInquiry(isFromClaims: true).Of(writer.Output.Written.ToArray());
        return (writer.Output, form == "270" ? [.. faults, .. NotFound(claims)] : faults);
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
