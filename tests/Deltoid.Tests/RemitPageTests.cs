using System.Text;
using Deltoid.Batch;
using Deltoid.Books;
using Deltoid.Codes;
using Deltoid.Pages;
using Deltoid.Remits;
using Deltoid.Results;

namespace Deltoid.Tests;

/// <summary>The page that a biller reads over the remittances of a month.</summary>
public sealed class RemitPageTests
{
    static readonly CodeBook Book = StarterBook.Open();

    static string PageOf(string notation)
    {
        var (files, text) = (RemittanceNotation.Read(notation).Files, new StringBuilder());
        var run = new RemitRun(Book, new(), new Dictionary<string, PayerTerms>(), new(2026, 11, 20));
        var inputs = files.Select((f, i) => new RemitInput($"{i + 1}.835", () => new MemoryStream(f.Bytes, false)))
            .ToList();
        var surveyed = inputs.ConvertAll(i => run.Survey(i, isEarlier: false, default));
        run.Judge();
        var page = new RemitPage(new TextPage(t => text.Append(t), Color: false), Book);
        for (var i = 0; i < inputs.Count; i++)
        {
            page.Add(surveyed[i]);
            run.Answer(surveyed[i], inputs[i], workers: 1, isJson: false, made =>
            {
                foreach (var entry in made.Entries) page.Add(entry);
            }, default);
        }
        page.Write(isMatching: false);
        return text.ToString();
    }

    static string Denied(string id, string reason, string amount = "100") =>
        $"CLP*{id}*4*{amount}*0**12*ICN{id}*11*1\nNM1*QC*1*FIELD*ALAN****MI*A{id}\nDTM*232*20260901\n"
            + $"SVC*HC:96372*{amount}*0**1\nDTM*472*20260901\nCAS*{reason}*{amount}\nREF*6R*{id}L1\n";

    static string Paid(string id) =>
        $"CLP*{id}*1*100*80**12*ICN{id}*11*1\nNM1*QC*1*FIELD*ALAN****MI*A{id}\nDTM*232*20260901\n"
            + "SVC*HC:96372*100*80**1\nDTM*472*20260901\nCAS*CO*45*20\n";

    [Fact]
    public void All_that_is_held_back_is_there_most_money_first()
    {
        var page = PageOf("payment 80 EFT1 2026-11-16\n" + Paid("P1") + Denied("P2", "CO*29") + Denied("P3", "CO*197")
            + Denied("P4", "CO*197", "250") + Denied("P5", "CO*133"));
        Assert.Contains("Post: $80.00 in 1 payment\n", page, StringComparison.Ordinal);
        Assert.Contains("To do, most money first: $550.00 in 4 claims\n", page, StringComparison.Ordinal);
        int[] places = [.. ((string[])["  $350.00 ", "CO-197) in 2 claims", "claims P4 $250.00, P3 $100.00",
            "  $100.00 "]).Select(t => page.IndexOf(t, StringComparison.Ordinal))];
        Assert.Equal(places.Order(), places);
        Assert.DoesNotContain(-1, places);
        Assert.Contains("first find out: filing proof (decides: an appeal or nothing to do)", page,
            StringComparison.Ordinal);
        Assert.Contains("do: wait; ask for its status after 14 days", page, StringComparison.Ordinal);
        Assert.DoesNotContain("P1", page, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_odd_or_wrong_names_its_claim_once()
    {
        var odd = Paid("P1").Replace("*80**12", "*80*5*12", StringComparison.Ordinal);
        var page = PageOf("payment 160 EFT1 2026-11-16\n" + odd
            + odd.Replace("P1", "P2", StringComparison.Ordinal)
            + "file\npayment 81 EFT2 2026-11-16\n" + Paid("P3") + "file\npayment 80 EFT3 2026-11-16\n" + Paid("P4")
            + "file\npayment 80 EFT3 2026-11-16\n" + Paid("P4"));
        Assert.Contains("claim P1: CLP05 says $5.00;", page, StringComparison.Ordinal);
        Assert.Contains("the same once more: claim P2\n", page, StringComparison.Ordinal);
        Assert.Contains("Do not post: $81.00 in 1 payment\n", page, StringComparison.Ordinal);
        Assert.Contains("Off by +$1.00. (segment 2 of the set, 4 of the file)", page, StringComparison.Ordinal);
        Assert.Contains("Received before: nothing to post: $80.00 in 1 payment\n", page, StringComparison.Ordinal);
        Assert.Contains("To do: nothing but to post\n", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_month_of_payments_stays_one_page()
    {
        var text = new StringBuilder();
        for (var file = 0; file < 60; file++)
        {
            text.Append($"file\npayment 80 EFT{file} 2026-11-16\n").Append(Paid($"P{file}"));
            for (var i = 0; i < 10; i++) text.Append(Denied($"D{file}x{i}", "CO*29"));
        }
        var page = PageOf(text.ToString());
        Assert.Contains("  and 40 more payments with nothing odd, which --json lists\n", page, StringComparison.Ordinal);
        Assert.Contains("and 580 more claims, which --json lists", page.ReplaceLineEndings(" ")
            .Replace("     ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.True(page.Split('\n').Length < 60, page);
    }
}
