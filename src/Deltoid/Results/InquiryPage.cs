using System.Text;
using Deltoid.Findings;
using Deltoid.Rules;
using Deltoid.Values;
using Deltoid.X12.Guides;
using Deltoid.X12.Inquiries;

namespace Deltoid.Results;

/// <summary>
/// What questions to payers and their answers say, in sentences. No patient is named: a patient is known by the number
/// of the question (TRN02).
/// </summary>
abstract class InquiryPage(TextPage page) : SetPage
{
    readonly InquiryReader reader = new();
    readonly Inquiry inquiry = new();
    readonly FindingList unused = new(); // `check` reports what is wrong

    private protected TextPage Page => page;

    private protected bool IsAnswer =>
        inquiry.Guide?.Set == InquirySets.EligibilityAnswer || inquiry.Guide?.Set == InquirySets.StatusAnswer;

    public override bool IsWrittenLast => true;

    /// <summary>A part of a set; the last one has all said.</summary>
    public override void Write(byte[] bytes, SetPart setPart)
    {
        reader.Read(bytes, setPart, inquiry, unused);
        unused.Clear();
        if (!setPart.IsLast) return;
        WriteSet(InquiryTree.Of(inquiry));
        page.Line();
    }

    private protected abstract void WriteSet(InquiryNode root);

    private protected void WriteTitle(string title, InquiryNode root)
    {
        var day = DayOf(root.First("BHT")[4]);
        page.Line(page.Strong(Shown.Of(day.Length > 0 ? $"{title}, {day}" : title)));
    }

    /// <summary>Name and number of an organization or a provider.</summary>
    private protected static string NameOf(InquirySegment name)
    {
        var person = name[4].Length > 0 ? $"{name[4]} {name[3]}" : name[3];
        return name[9].Length > 0 ? $"{person} ({name[9]})".Trim() : person;
    }

    /// <summary>Why a question was not answered, and what to do.</summary>
    private protected void WriteRejections(string lead, string subject, IEnumerable<InquirySegment> rejections)
    {
        foreach (var rejection in rejections)
        {
            var reason = ResponseCodes.Shipped.Find(ResponseKind.RejectReason, rejection[3]);
            var words = reason?.Label ?? $"reason {rejection[3]}";
            var next = Words(ResponseKind.FollowUp, rejection[4]);
            var (reasonCode, nextCode) = (TextPage.Code($"(AAA {rejection[3]})"), TextPage.Code($"({rejection[4]})"));
            page.Wrap(lead, $"{subject}: not answered, {words} {reasonCode}; {next} {nextCode}");
            if (reason is { Do.Length: > 0 }) page.Wrap(lead + "  to do: ", reason.Do);
        }
    }

    /// <summary>Days of a loop: <c>plan begins 2026-01-01</c>.</summary>
    private protected static List<string> DaysOf(InquiryNode node)
    {
        var days = new List<string>();
        foreach (var segment in node.Segments("DTP"))
            days.Add($"{Words(ResponseKind.BenefitDay, segment[1])} {PeriodOf(segment)}");
        return days;
    }

    private protected static string PeriodOf(InquirySegment days)
    {
        var text = days[3];
        return text.IndexOf('-', StringComparison.Ordinal) is > 0 and var hyphen
            ? $"{DayOf(text[..hyphen])} to {DayOf(text[(hyphen + 1)..])}"
            : DayOf(text);
    }

    private protected static string DayOf(string text) =>
        Days.TryReadEither(text, out var day) ? day.Iso() : text;

    private protected static string DollarsOf(string amount) =>
        Money.TryParse(Encoding.UTF8.GetBytes(amount), out var money) ? Dollars.Of(money) : amount;

    private protected static string Words(ResponseKind kind, string code) => ResponseCodes.Shipped.Words(kind, code);

    /// <summary>The number by which a question is found again.</summary>
    private protected static string TraceOf(InquiryNode node, string otherwise) =>
        node.First("TRN")[2] is { Length: > 0 } trace ? $"question {trace}" : otherwise;
}
