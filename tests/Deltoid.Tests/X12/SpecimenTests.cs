using Deltoid.X12.Remittances;

namespace Deltoid.Tests;

/// <summary>
/// Sets made from the tables are right: nothing is found in them (of a payment that is drawn from the payee, that it
/// is; of a claim that is denied and paid, that it is). And the tables do not contradict themselves: every row can be
/// used.
/// </summary>
public sealed class SpecimenTests
{
    [Theory, InlineData("837P"), InlineData("837I"), InlineData("835"), InlineData("277CA"), InlineData("999"),
        InlineData("270"), InlineData("271"), InlineData("276"), InlineData("277")]
    public void Nothing_is_found_in_a_specimen(string name)
    {
        var specimens = Specimens.Of(name);
        var faults = new List<string>();
        foreach (var root in specimens.Family)
        {
            var text = new SpecimenText(specimens.Guide, root);
            var reading = X12Reading.Of(text.Bytes());
            foreach (var finding in reading.Findings)
                if (finding.Info != RemittanceFindings.PaidThoughDenied
                    && (finding.Info != RemittanceFindings.PayerDebits || !text.Segments
                        .Exists(static s => s.Name == "BPR" && s.Element(3) == "D")))
                    faults.Add($"{X12Reading.Text(finding)}: "
                        + $"{text.OfSet.FirstOrDefault(s => s.Ordinal == finding.Source.Segment)?.Node}");
        }
        Assert.True(faults.Count == 0, string.Join("\n", faults.Take(40)));
    }

    [Theory, InlineData("837P"), InlineData("837I"), InlineData("835"), InlineData("277CA"), InlineData("999"),
        InlineData("270"), InlineData("271"), InlineData("276"), InlineData("277")]
    public void Every_row_value_and_rule_can_be_used(string name)
    {
        var specimens = Specimens.Of(name);
        Assert.True(specimens.Unplaced.Count == 0,
            $"{specimens.Family.Count} specimens\n"
            + string.Join("\n",
                specimens.Unplaced.Select(t => t.Text(specimens.Guide) + " "
                    + specimens.Rules.Find(r => t.Kind == TargetKind.Rule && r.Row == t.Row)?.Text)));
    }
}
