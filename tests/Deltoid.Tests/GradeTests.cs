using System.Globalization;
using System.Text.Json;
using Deltoid.Cli;
using Deltoid.Reports;

namespace Deltoid.Tests;

/// <summary>What the edits said, held against what came back.</summary>
public sealed class GradeTests
{
    /// <summary>
    /// Known values of Wilson's interval (z = 1.959964), from the closed form worked by hand: of 0 of 10 the high end
    /// is z²/(10+z²) = 3.8415/13.8415; of 10 of 10 the low end is the rest of it; of 5 of 10 both are as far from a
    /// half as z·√(0.025+z²/400)/(1+z²/10) = 0.2634.
    /// </summary>
    [Theory]
    [InlineData(0, 10, "0.0 % (0.0 to 27.8)")]
    [InlineData(10, 10, "100.0 % (72.2 to 100.0)")]
    [InlineData(5, 10, "50.0 % (23.7 to 76.3)")]
    [InlineData(30, 40, "75.0 % (59.8 to 85.8)")]
    [InlineData(1, 1000000, "0.0 % (0.0 to 0.0)")]
    [InlineData(3, 9, "not shown: fewer than 10")]
    public void The_interval_is_wilsons(long hits, long of, string shown) =>
        Assert.Equal(shown, new Share(hits, of).ToString());

    [Fact]
    public void A_root_is_the_number_when_squared()
    {
        for (var i = 0; i <= 1000; i++)
        {
            var root = Share.Root(i / 1000m);
            Assert.InRange((root * root) - (i / 1000m), -1e-24m, 1e-24m);
        }
    }

    static string Claim(string id, string payer, params string[] lines) =>
        $$"""{"id":"{{id}}","payer":{"kind":"{{payer}}","id":"{{(payer == "medicare" ? "05901" : "60054")}}","name":"PLAN"},"placeOfService":"11","diagnoses":["D51.0"],"lines":[{{string.Join(',', lines)}}]}""";

    static string Line(string code, decimal charge, string modifiers = "") =>
        $$"""{"code":"{{code}}","modifiers":[{{(modifiers.Length == 0 ? "" : $"\"{modifiers}\"")}}],"units":1,"charge":{{charge.ToString(CultureInfo.InvariantCulture)}},"date":"2026-03-02","diagnoses":[1]}""";

    /// <summary>One claim of two lines: paid as asked, or with a reason in the place of the amount.</summary>
    static IEnumerable<string> Paid(string id, string status,
        params (string Code, decimal Charge, string Reason)[] lines)
    {
        var paid = lines.Where(static l => l.Reason.Length == 0).Sum(static l => l.Charge);
        yield return $"CLP*{id}*{status}*{Text(lines.Sum(static l => l.Charge))}*{Text(paid)}**MB*ICN{id}*11*1";
        yield return "NM1*QC*1*FIELD*ALAN****MI*A123456";
        yield return "DTM*232*20260302";
        foreach (var (code, charge, reason) in lines)
        {
            yield return $"SVC*HC:{code}*{Text(charge)}*{Text(reason.Length == 0 ? charge : 0)}";
            yield return "DTM*472*20260302";
            if (reason.Length > 0) yield return $"CAS*{reason.Replace('-', '*')}*{Text(charge)}";
        }
    }

    static string Text(decimal amount) => amount.ToString("0.##", CultureInfo.InvariantCulture);

    static string Json(string claims, IEnumerable<string> payments)
    {
        var folder = Directory.CreateTempSubdirectory("deltoid").FullName;
        var (sent, back) = (Path.Combine(folder, "sent.json"), Path.Combine(folder, "back.835"));
        File.WriteAllText(sent, claims);
        File.WriteAllBytes(back, RemittanceSamples.File([.. RemittanceSamples.Head("100"), "LX*1", .. payments]));
        var (exit, output, error) = CommandLine.Run("grade", sent, back, "--json");
        var text = CommandLine.Run("grade", sent, back);
        Directory.Delete(folder, recursive: true);
        Assert.Equal((Exit.Clean, "", Exit.Clean), (exit, error, text.Exit));
        Page = text.Out;
        return output;
    }

    [ThreadStatic] static string? Page;

    /// <summary>
    /// Counted by hand. Of 12 Medicare claims with 99211 (80.00) beside 96372 (30.00): 8 come back with the visit
    /// refused as 97, 1 as 50, 3 paid. Of 20 commercial claims with 96372 alone (40.00): 16 refused as 197, which no
    /// finding foresees, 4 paid. One claim has no answer, one answer no claim, one is answered twice.
    /// </summary>
    internal static (string Claims, List<string> Payments) Year()
    {
        var (claims, payments) = (new List<string>(), new List<string>());
        for (var i = 0; i < 12; i++)
        {
            claims.Add(Claim($"M{i:00}", "medicare", Line("99211", 80), Line("96372", 30)));
            payments.AddRange(Paid($"M{i:00}", "1", ("99211", 80, i < 8 ? "CO-97" : i == 8 ? "CO-50" : ""),
                ("96372", 30, "")));
        }
        for (var i = 0; i < 20; i++)
        {
            claims.Add(Claim($"C{i:00}", "commercial", Line("96372", 40)));
            payments.AddRange(Paid($"C{i:00}", i % 5 == 0 ? "1" : "4", ("96372", 40, i % 5 == 0 ? "" : "CO-197")));
        }
        claims.Add(Claim("U01", "commercial", Line("96372", 40)));
        payments.AddRange(Paid("X01", "1", ("96372", 40, "")));
        payments.AddRange(Paid("M00", "1", ("99211", 80, ""), ("96372", 30, "")));
        return ($"[{string.Join(",\n", claims)}]", payments);
    }

    [Fact]
    public void Counted_by_hand()
    {
        var (claims, payments) = Year();
        using var json = JsonDocument.Parse(Json(claims, payments));
        var root = json.RootElement;
        Assert.Equal((33, 32, 44), (root.GetProperty("claimsSent").GetInt32(), root.GetProperty("claimsAnswered")
            .GetInt32(), root.GetProperty("linesJudged").GetInt32()));
        Assert.Equal((25, 1360.00m), (root.GetProperty("linesRefused").GetInt32(),
            root.GetProperty("refused").GetDecimal())); // 8 x 80 + 1 x 80 + 16 x 40
        var left = root.GetProperty("leftOut");
        Assert.Equal((1, 1, 1), (left.GetProperty("unanswered").GetInt32(), left.GetProperty("unmatched").GetInt32(),
            left.GetProperty("laterAnswers").GetInt32()));
        var visit = root.GetProperty("findings").EnumerateArray().Single(static f =>
            f.GetProperty("id").GetString() == "MCB0107");
        Assert.Equal((12, 8, 1, 3), (visit.GetProperty("predicted").GetInt32(), visit.GetProperty("true").GetInt32(),
            visit.GetProperty("otherReason").GetInt32(), visit.GetProperty("falseAlarm").GetInt32()));
        Assert.Equal(640.00m, visit.GetProperty("refused").GetDecimal());
    }

    [Fact]
    public void What_no_finding_named_becomes_a_rule()
    {
        var (claims, payments) = Year();
        using var json = JsonDocument.Parse(Json(claims, payments));
        var condition = Assert.Single(json.RootElement.GetProperty("missedConditions").EnumerateArray(),
            static c => c.GetProperty("reason").GetString() == "CO-197");
        Assert.Equal(("60054", "96372", "11", 640.00m), (condition.GetProperty("payer").GetString(),
            condition.GetProperty("code").GetString(), condition.GetProperty("place").GetString(),
            condition.GetProperty("amount").GetDecimal()));
        var share = condition.GetProperty("share");
        Assert.Equal((16, 20, 0.8m), (share.GetProperty("hits").GetInt32(), share.GetProperty("of").GetInt32(),
            share.GetProperty("rate").GetDecimal()));
        var rule = condition.GetProperty("proposedRule").GetString()!;
        Assert.Contains("when      payer is 60054\nand       code is 96372\nand       modifiers are none\n"
            + "and       place is 11\n", rule, StringComparison.Ordinal);
        Assert.Contains("from      2026-03-02\n", rule, StringComparison.Ordinal);
        Assert.Contains("16 of 20 lines, 80.0 % (58.4", Page, StringComparison.Ordinal);
        Assert.Contains("1 claim without an answer", Page, StringComparison.Ordinal);
    }

    [Fact]
    public void Neither_page_nor_json_names_a_claim_or_patient()
    {
        var (claims, payments) = Year();
        var all = Json(claims, payments) + Page;
        Assert.DoesNotContain("FIELD", all, StringComparison.Ordinal);
        Assert.DoesNotContain("M00", all, StringComparison.Ordinal);
        Assert.DoesNotContain("A123456", all, StringComparison.Ordinal);
    }

    /// <summary>The patient's share, the agreed price and sequestration refuse nothing.</summary>
    [Theory]
    [InlineData("PR-1", 0)]
    [InlineData("CO-45", 0)]
    [InlineData("CO-253", 0)]
    [InlineData("OA-23", 0)]
    [InlineData("CO-197", 1)]
    [InlineData("PR-96", 1)]
    public void Not_every_reason_refuses(string reason, int refused)
    {
        using var json = JsonDocument.Parse(Json(Claim("M00", "commercial", Line("96372", 30)),
            Paid("M00", "1", ("96372", 30, reason))));
        Assert.Equal(refused, json.RootElement.GetProperty("linesRefused").GetInt32());
    }

    /// <summary>A reversal, a second payer and a claim that was sent again are no first answer.</summary>
    [Theory]
    [InlineData("22", "reversals")]
    [InlineData("2", "otherPayers")]
    [InlineData("25", "otherPayers")]
    public void Only_first_answers_are_graded(string status, string why)
    {
        using var json = JsonDocument.Parse(Json(Claim("M00", "commercial", Line("96372", 30)),
            Paid("M00", status, ("96372", 30, "CO-97"))));
        Assert.Equal((0, 1), (json.RootElement.GetProperty("linesJudged").GetInt32(),
            json.RootElement.GetProperty("leftOut").GetProperty(why).GetInt32()));
    }

    /// <summary>Of two claims of one number the one that agrees is answered; the same claim twice is one.</summary>
    [Theory]
    [InlineData("99213", 2, 1)]
    [InlineData("96372", 1, 1)]
    public void A_number_that_two_claims_have(string other, int sent, int judged)
    {
        var claims = $"[{Claim("M00", "commercial", Line("96372", 30))},"
            + $"{Claim("M00", "commercial", Line(other, 30))}]";
        using var json = JsonDocument.Parse(Json(claims, Paid("M00", "1", ("96372", 30, ""))));
        Assert.Equal((sent, judged), (json.RootElement.GetProperty("claimsSent").GetInt32(),
            json.RootElement.GetProperty("linesJudged").GetInt32()));
    }

    [Fact]
    public void A_file_without_claims_or_answers_is_refused()
    {
        var (exit, _, error) = CommandLine.RunWith("hello", "grade", "-", "no-such-file.835");
        Assert.Equal(Exit.Io, exit);
        Assert.Contains("there is no such file", error, StringComparison.Ordinal);
    }
}
