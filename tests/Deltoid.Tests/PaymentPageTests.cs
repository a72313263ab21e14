using System.Text;

namespace Deltoid.Tests;

/// <summary>An 835 in sentences: what was billed, what was paid, and where the rest went.</summary>
public sealed class PaymentPageTests
{
    static string Read(string amount, params string[] segments) =>
        CommandLine.RunWith(
            Encoding.UTF8.GetString(RemittanceSamples.File([.. RemittanceSamples.Head(amount), "LX*1", .. segments])),
            "read", "-").Out;

    [Fact]
    public void A_paid_claim_with_its_write_off_and_copay()
    {
        var text = Read("109.50", "CLP*P001*1*227*109.5*25*12*CM1*11", "NM1*QC*1*DOE", "SVC*HC:99213:25*150*75",
            "DTM*472*20261101", "CAS*CO*45*50", "CAS*PR*3*25", "SVC*HC:96372*77*34.5", "DTM*472*20261101",
            "CAS*CO*45*42.5");
        Assert.Contains("A payment of $109.50 from PRAIRIE HEALTH PLAN, 2026-11-16, number EFT0000001", text,
            StringComparison.Ordinal);
        Assert.Contains("claim P001, processed as primary: billed $227.00, paid $109.50; $92.50 written off by "
                + "contract (CO-45); patient owes $25.00 (PR-3: patient's fixed copay)", Joined(text),
            StringComparison.Ordinal);
        Assert.Contains("99213-25: billed $150.00, paid $75.00; $50.00 written off by contract "
                + "(CO-45); patient owes $25.00 (PR-3: patient's fixed copay)", Joined(text), StringComparison.Ordinal);
    }

    [Fact]
    public void A_payment_without_a_number_says_so()
    {
        var file = Encoding.UTF8.GetString(RemittanceSamples.File([.. RemittanceSamples.Head("0")
                .Where(static s => !s.StartsWith("TRN*", StringComparison.Ordinal)), "LX*1",
            "CLP*P002*4*38*0*0*12*CM2*11"]));
        Assert.Contains("2026-11-16, without a number (TRN02)", CommandLine.RunWith(file, "read", "-").Out,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_denied_line_is_no_contract()
    {
        var text = Joined(Read("0", "CLP*P002*4*38*0*0*12*CM2*11", "NM1*QC*1*DOE", "SVC*HC:96372*38*0",
            "DTM*472*20261101", "CAS*CO*97*38", "LQ*HE*M15"));
        Assert.Contains("A notice that pays nothing from PRAIRIE HEALTH PLAN", text, StringComparison.Ordinal);
        Assert.Contains("claim P002, denied: billed $38.00, paid $0.00; $38.00 not paid, and the patient does "
                + "not owe it (CO-97: included in the payment of another service)", text, StringComparison.Ordinal);
        Assert.Contains("remark M15", text, StringComparison.Ordinal);
        Assert.Contains("to do: Look for the pair or the stay.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("written off", text, StringComparison.Ordinal);
        Assert.DoesNotContain("patient owes $", text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_taken_back_and_what_is_not_explained()
    {
        Assert.Contains("claim P003, an earlier payment taken back: billed -$100.00, paid -$80.00; $10.00 put back "
                + "(CO-45); the patient's share of $10.00 is taken back (PR-2: patient's percentage share)",
            Joined(Read("-80", "CLP*P003*22*-100*-80**12*CM3*11", "CAS*CO*45*-10", "CAS*PR*2*-10")),
            StringComparison.Ordinal);
        Assert.Contains("billed $100.00, paid $80.00; $20.00 the payer does not explain",
            Joined(Read("80", "CLP*P004*1*100*80**12*CM4*11")), StringComparison.Ordinal);
        Assert.Contains("patient owes $1,234.50 (PR-1 $1,200.00, PR-2 $34.50)",
            Joined(Read("0", "CLP*P005*1*1234.5*0*1234.5*12*CM5*11", "CAS*PR*1*1200**2*34.5")),
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_sentences_alone()
    {
        var file = Encoding.UTF8.GetString(RemittanceSamples.File([.. RemittanceSamples.Head("80"), "LX*1",
            "CLP*P004*1*100*80**12*CM4*11"]));
        var (exit, output, _) = CommandLine.RunWith(file, "read", "-", "--summary");
        Assert.Equal((Cli.Exit.Clean,
                "A payment of $80.00 from PRAIRIE HEALTH PLAN, 2026-11-16, number EFT0000001, by transfer (ACH)\n "
                    + " claim P004, processed as primary: billed $100.00, paid $80.00; $20.00 the payer does not "
                    + "explain\n\n"), (exit, output));
        Assert.Equal(Cli.Exit.Usage, CommandLine.RunWith(file, "read", "-", "--summary", "--json").Exit);
    }

    [Fact]
    public void Provider_adjustments_amounts_and_remarks_are_in_words()
    {
        var text = Joined(Read("60", "CLP*P006*1*100*80**12*CM6*11", "MOA***MA01", "AMT*AU*90", "AMT*I*10",
            "SVC*HC:96372*100*80", "DTM*472*20261101", "CAS*CO*45*20", "AMT*B6*80",
            "PLB*1234567893*20261231*WO:CM1*30*L6*-10"));
        Assert.Contains("claim P006, processed as primary: billed $100.00, paid $80.00; $20.00 written off by contract "
                + "(CO-45); covered $90.00 (AU); interest $10.00 (I) remark MA01: You may appeal 96372", text,
            StringComparison.Ordinal);
        Assert.Contains(
            "96372: billed $100.00, paid $80.00; $20.00 written off by contract (CO-45); allowed $80.00 (B6)", text,
            StringComparison.Ordinal);
        Assert.Contains("$30.00 taken from the payment: overpayment recovered (WO), reference CM1", text,
            StringComparison.Ordinal);
        Assert.Contains("$10.00 added to the payment: interest (L6)", text, StringComparison.Ordinal);
    }

    static string Joined(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
