using System.Text.RegularExpressions;
using Deltoid.Encounters;
using Deltoid.Values;

namespace Deltoid.Asking;

internal static partial class DrugAnswer
{
    /// <summary>
    /// One drug into two joints, or into both of a pair with guidance for one: each with its own side and guidance, as
    /// one visit. False where the question has no such two.
    /// </summary>
    static bool SayTwoJoints(Inquiry asked, List<Subject> subjects, ReplyDraft draft)
    {
        if (subjects.Count != 1) return false;
        if (asked.Has("bilateral-word") && JointOf(asked).Length > 0) return SayBothJoints(asked, subjects[0], draft);
        var parts = Lexicon.Shipped.Pattern("(joint-side)").Matches(asked.Text);
        if (parts.Select(static part => (SideOf(part), part.Groups["joint"].Value)).Distinct().Count() != 2
            || parts.Count != 2) return false;
        var guided = new bool[2];
        for (var i = 0; i < 2; i++)
            guided[i] = IsGuided(asked.Text[parts[i].Index..(i == 0 ? parts[1].Index : asked.Text.Length)]);
        if (parts[0].Groups["joint"].Value == parts[1].Groups["joint"].Value && guided[0] == guided[1]) return false;
        var given = new Administration[2];
        for (var i = 0; i < 2; i++)
        {
            given[i] = HalfOf(asked, subjects[0]);
            given[i].Site = $"{SideOf(parts[i])} {parts[i].Groups["joint"].Value}";
            given[i].Guidance = guided[i] ? "ultrasound, image saved" : "";
        }
        return SayJoints(asked, given, guided[0] || guided[1], draft);
    }

    /// <summary>What goes into one of two joints: half of the dose, which is that of both.</summary>
    static Administration HalfOf(Inquiry asked, Subject subject)
    {
        var given = GivenOf(asked, subject);
        if (!subject.Dose.IsNone) given.Dose = subject.Dose with { Value = subject.Dose.Value / 2 };
        given.Route = Route.IntraArticular;
        return given;
    }

    /// <summary>The same joint on both sides.</summary>
    static bool SayBothJoints(Inquiry asked, Subject subject, ReplyDraft draft)
    {
        var given = new Administration[2];
        for (var i = 0; i < 2; i++)
        {
            given[i] = HalfOf(asked, subject);
            given[i].Site = $"{(i == 0 ? "left" : "right")} {JointOf(asked)}";
        }
        return SayJoints(asked, given, asked.Has("guidance-word"), draft, "INJ-016");
    }

    static bool SayJoints(Inquiry asked, Administration[] given, bool isGuided, ReplyDraft draft, string rule = "INJ-015")
    {
        var visit = Trial.Code(asked, given);
        var lines = Trial.Lines(visit, drugs: false);
        if (lines.Count == 0) return false;
        draft.Say($"Giving it: {string.Join(" and ", lines.ConvertAll(line => StateService(asked, line, draft)))}")
            .SayRule(rule);
        if (isGuided) draft.SayRule("INJ-017");
        CiteSteps(visit, draft);
        return true;
    }

    static string SideOf(Match part) => part.Groups["side"].Value[0] == 'r' ? "right" : "left";

    static bool IsGuided(string words)
    {
        var features = new HashSet<string>(StringComparer.Ordinal);
        Lexicon.Shipped.Mark(words, features);
        return features.Contains("guidance-word") && !Lexicon.Shipped.Pattern("(unguided)").IsMatch(words);
    }
}
