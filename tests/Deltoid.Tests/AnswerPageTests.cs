using System.Text;
using Deltoid.Cli;
using Deltoid.Results;
using Deltoid.Rules;
using Deltoid.X12;

namespace Deltoid.Tests;

/// <summary>277CA, 999 and TA1 in sentences: what was taken, what was not, why, and what to do.</summary>
public sealed class AnswerPageTests
{
    static string File(string functional, string guide, params string[] body)
    {
        var set = $"{string.Join('~', body)}~SE*{body.Length + 1}*0001~";
        return "ISA*00*          *00*          *ZZ*PAYERX         *ZZ*CLINIC      "
            + "   *260310*0815*^*00501*000000101*0*T*:~"
            + $"GS*{functional}*PAYERX*CLINIC*20260310*0815*101*X*{guide}~{set}GE*1*101~IEA*1*000000101~";
    }

    static string Sentences(string file)
    {
        var (exit, text, error) = CommandLine.RunWith(file, "read", "--summary", "-");
        Assert.Equal((Exit.Clean, ""), (exit, error));
        return text;
    }

    static string Joined(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    static string Statuses(params string[] claims) => File("HN", "005010X214",
        [
            "ST*277*0001*005010X214",
            "BHT*0085*08*CA01*20260311*0900*TH",
            "HL*1**20*1",
            "NM1*PR*2*PAYER X*****PI*PAYERX",
            "TRN*1*CA0001",
            "DTP*050*D8*20260310",
            "DTP*009*D8*20260311",
            "HL*2*1*21*1",
            "NM1*41*2*NORTH CLINIC*****46*NORTH",
            "TRN*2*BATCH77",
            "STC*A1:19:PR*20260311*WQ*292.5",
            "QTY*90*1",
            "QTY*AA*1",
            "AMT*YU*92.5",
            "AMT*YY*200",
            "HL*3*2*19*1",
            "NM1*85*2*NORTH CLINIC*****XX*1234567893",
            .. claims,
        ]);

    static readonly string[] Taken =
        ["HL*4*3*PT", "NM1*QC*1*DOE*JANE****MI*M1", "TRN*2*P001", "STC*A2:20*20260311*WQ*92.5", "REF*1K*PCN99"];

    [Fact]
    public void A_claim_that_is_accepted_says_so_with_the_payers_number()
    {
        var text = Joined(Sentences(Statuses(Taken)));
        Assert.Contains("Claim acknowledgment from PAYER X, 2026-03-11, about batch BATCH77 received "
                + "2026-03-10 1 claim accepted, $92.50; 1 claim rejected, $200.00 file: received: "
                + "receipt confirmed by the payer (A1 19, entity PR), $292.50", text, StringComparison.Ordinal);
        Assert.Contains("provider NORTH CLINIC (1234567893) claim P001: accepted for "
                + "processing (A2 20), $92.50; the payer's number is PCN99", text, StringComparison.Ordinal);
        Assert.DoesNotContain("to do", text, StringComparison.Ordinal);
        Assert.DoesNotContain("DOE", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("STC*A7:562:82*20260311*U*200",
        "claim T2: rejected, information is not valid: NPI of the "
            + "rendering provider (A7 562, entity 82), $200.00")]
    [InlineData("STC*A6:164:IL*20260311*U*200******A6:158:QC",
        "rejected, information is missing: member number of the subscriber (A6 164, entity "
            + "IL); birth date of the patient (A6 158, entity QC), $200.00")]
    [InlineData("STC*A3:116*20260311*U*200******A7:562:85",
        "returned, cannot be processed: sent to the wrong payer (A3 116); rejected, information "
            + "is not valid: NPI of the billing provider (A7 562, entity 85)")]
    [InlineData("STC*A7:562*20260311*U*200", "rejected, information is not valid: NPI (A7 562)")]
    [InlineData("STC*A8:29*20260311*U*200********CALL US",
        "rejected, fields do not agree: subscriber and policy number do not go "
            + "together (A8 29), $200.00 in its words: CALL US")]
    [InlineData("STC*A2:20*20260311*U*200", "rejected, though its status reads: accepted for processing (A2 20)")]
    [InlineData("STC*A7:9999:ZZ*20260311*U*200",
        "rejected, information is not valid: status 9999 (A7 9999, entity ZZ)")]
    public void A_claim_that_is_rejected_says_what_is_wrong_with_what(string status, string says)
    {
        var text = Joined(Sentences(Statuses("HL*4*3*PT", "NM1*QC*1*DOE*JANE****MI*M1", "TRN*2*T2", status)));
        Assert.Contains(says, text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_to_do_is_said_once_and_a_line_by_its_number()
    {
        var text = Joined(Sentences(Statuses("HL*4*3*PT", "NM1*QC*1*DOE*JANE****MI*M1", "TRN*2*T2",
            "STC*A7:562:82*20260311*U*200", "SVC*HC:96372:59*100*****1", "STC*A7:453*20260311*U", "REF*FJ*2")));
        Assert.Contains("line 2, 96372-59: rejected, information is not valid: modifier (A7 453) to do: Correct it and "
                + "send the claim again as an original (frequency 1): it was never decided.", text,
            StringComparison.Ordinal);
        Assert.Equal(2, text.Split("to do").Length);
    }

    static string Verdicts(params string[] body) => File("FA", "005010X231A1",
        ["ST*999*0001*005010X231A1", "AK1*HC*101*005010X222A1", .. body]);

    [Fact]
    public void A_999_says_which_element_of_which_segment_is_wrong()
    {
        var text = Joined(Sentences(Verdicts("AK2*837*0001*005010X222A1", "IK3*NM1*12*2010BA*8", "CTX*CLM01:P001",
            "IK4*9*67*1", "IK5*R*I5", "AK9*R*1*1*0")));
        Assert.StartsWith("Acknowledgment of group 101 (837P): rejected, 0 of 1 sets accepted to do: Correct "
                + "the errors and send it again; nothing of it was taken. set 0001 (837P): rejected "
                + "set: segments do not follow the guide (IK502 I5)", text, StringComparison.Ordinal);
        Assert.Contains("segment 12 NM1 in loop 2010BA, claim P001: element 9 (member id): "
                + "missing (required) (IK403 1) to do: Fill it.", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_999_repeats_no_value_and_says_what_asked_for_a_segment()
    {
        var text = Joined(Sentences(Verdicts("AK2*837*0001*005010X222A1", "IK3*DMG*14*2010BA*8",
            "IK4*2*1251*8*19991399", "IK3*REF*15*2300*I6", "CTX*SITUATIONAL TRIGGER*CLM*22*2300*5:3", "IK5*E*5",
            "AK9*P*3*2*1*5")));
        Assert.Contains("Acknowledgment of group 101 (837P): accepted in part, 1 of 2 sets accepted; 3 were "
                + "announced group: the count of sets (GE01) is wrong (AK905 5)", text, StringComparison.Ordinal);
        Assert.Contains(
            "segment 14 DMG in loop 2010BA: element 2 (subscriber birth date): the date is not valid (IK403 8)", text,
            StringComparison.Ordinal);
        Assert.Contains("segment 15 REF in loop 2300: segment is missing in this situation, "
                + "asked for by CLM05-3 (segment 22) (IK304 I6)", text, StringComparison.Ordinal);
        Assert.DoesNotContain("19991399", text, StringComparison.Ordinal);
    }

    static string Interchange(string ta1) =>
        "ISA*00*          *00*          *ZZ*PAYERX         *ZZ*CLINIC      "
            + "   *260310*0815*^*00501*000000101*0*T*:~" + ta1 + "~IEA*0*000000101~";

    [Theory]
    [InlineData("TA1*000000001*260309*1530*R*006",
        "Interchange 000000001 of 2026-03-09 15:30: rejected: the sender id is not valid "
            + "(ISA06) (R 006) to do: Use the id that the receiver has on file.")]
    [InlineData("TA1*000000001*260309*1530*A*000", "Interchange 000000001 of 2026-03-09 15:30: accepted (A 000)")]
    public void A_TA1_says_whether_the_interchange_was_taken(string ta1, string says) =>
        Assert.Equal(says, Joined(Sentences(Interchange(ta1))));

    [Fact]
    public void Codes_are_grey_on_a_screen_and_lines_are_as_long_as_they_look()
    {
        var (plain, painted) = (new StringBuilder(), new StringBuilder());
        foreach (var (text, color) in new[] { (plain, false), (painted, true) })
            new TextPage(s => text.Append(s), color).Wrap("  ",
                $"{string.Join(' ', Enumerable.Repeat("word", 18))} {TextPage.Code("(A7 562)")} after");
        Assert.Contains("\x1b[90m(A7 562)\x1b[0m", painted.ToString(), StringComparison.Ordinal);
        Assert.Equal(plain.ToString(), painted.Replace("\x1b[90m", "").Replace("\x1b[0m", "").ToString());
        Assert.DoesNotContain('\uE000', plain.ToString());
    }

    [Fact]
    public void Every_code_that_the_guides_list_has_our_words()
    {
        var lists = new Dictionary<int, ResponseKind>
        {
            [305] = ResponseKind.Handling, [591] = ResponseKind.Method, [426] = ResponseKind.ProviderAdjustment,
            [1029] = ResponseKind.PaidStatus, [715] = ResponseKind.Verdict, [716] = ResponseKind.GroupError,
            [717] = ResponseKind.Verdict, [620] = ResponseKind.SegmentError, [621] = ResponseKind.ElementError,
        };
        var missing = new List<string>();
        foreach (var name in (ReadOnlySpan<string>)["835", "999", "277CA"])
        {
            var guide = TransactionSets.Named(name)!;
            var rows = Repository.Read(GuideRowsText.PathOf(name.ToLowerInvariant())).Split('\n')
                .Select(static l => l.Split('\t'));
            foreach (var row in rows)
            {
                if (row.Length < 6 || !int.TryParse(row[4], out var element) || row[5].StartsWith('@')) continue;
                ResponseKind? kind = lists.TryGetValue(element, out var list) ? list
                    : element == 1271 && name == "277CA" ? ResponseKind.Category
                    : element == 98 && name == "277CA" ? ResponseKind.Entity
                    : element == 522 && name == "835" ? ResponseKind.Amount
                    : element == 673 && name == "835" ? ResponseKind.Quantity : null;
                foreach (var code in row[5].Split(' ', StringSplitOptions.RemoveEmptyEntries))
                    if (kind is { } of && ResponseCodes.Shipped.Find(of, code) is null)
                        missing.Add($"{name} {row[0]} {of} {code}");
            }
            Assert.NotNull(guide);
        }
        Assert.Equal("", string.Join('\n', missing));
        for (var code = 0; code <= 31; code++)
            Assert.NotNull(ResponseCodes.Shipped.Find(ResponseKind.InterchangeError,
                code.ToString("000", System.Globalization.CultureInfo.InvariantCulture)));
        Assert.True(ResponseCodes.Shipped.All.Count(static c => c.Kind == ResponseKind.Status) > 200);
    }

    [Fact]
    public void Labels_read_in_the_middle_of_a_sentence_with_and_without_an_entity()
    {
        foreach (var code in ResponseCodes.Shipped.All)
        {
            Assert.True(code.Label.Length is > 2 and <= 70, code.ToString());
            Assert.DoesNotContain("{", code.Words(""), StringComparison.Ordinal);
            Assert.DoesNotContain("{", code.Words("the payer"), StringComparison.Ordinal);
            Assert.DoesNotContain("  ", code.Words(""), StringComparison.Ordinal);
            Assert.False(code.Words("").Length == 0 || code.Words("")[0] == ' ' || code.Label[^1] == '.',
                code.ToString());
            Assert.True(code.Do.Length == 0 || code.Do[^1] == '.' || code.Do[^1] is '~' or '^' or ':' or '*',
                code.ToString());
        }
    }

    [Theory]
    [InlineData("A7", "status category A7  Rejected, information is not valid")]
    [InlineData("A7 562", "claim status 562  NPI")]
    [InlineData("A7:562:82", "entity 82  The rendering provider")]
    [InlineData("status 116", "claim status 116  Sent to the wrong payer")]
    [InlineData("TA1 6", "interchange error 006  The sender id is not valid (ISA06)")]
    [InlineData("PLB WO", "provider adjustment WO  Overpayment recovered")]
    [InlineData("IK403 8", "element error 8  The date is not valid")]
    [InlineData("F2", "status category F2  Decided, denied")]
    public void Explain_finds_them(string asked, string title) =>
        Assert.Contains(title, CommandLine.Run("explain", asked).Out, StringComparison.Ordinal);
}
