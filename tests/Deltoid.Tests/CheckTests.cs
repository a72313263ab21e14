using System.Text;
using System.Text.Json;
using Deltoid.Cli;
using Deltoid.Values;
using Deltoid.X12.Claims;

namespace Deltoid.Tests;

/// <summary><c>check</c>: what is told, where, in which form; and the acknowledgment.</summary>
public sealed class CheckTests
{
    static (int Exit, JsonElement Report) Check(string file)
    {
        var (exit, output, _) = CommandLine.RunWith(file, "check", "-", "--json");
        return (exit, JsonDocument.Parse(output).RootElement);
    }

    static List<JsonElement> FindingsOf(JsonElement report) => [.. report.GetProperty("findings").EnumerateArray()];

    [Fact]
    public void A_clean_file_is_clean()
    {
        var (exit, report) = Check(X12Samples.File(7, perSet: 3));
        Assert.Equal(Exit.Clean, exit);
        Assert.Empty(FindingsOf(report));
        Assert.Equal([3, 3, 1],
            report.GetProperty("sets").EnumerateArray().Select(s => s.GetProperty("claims").GetInt32()));
        Assert.Equal(["0001", "0002", "0003"],
            report.GetProperty("sets").EnumerateArray().Select(s => s.GetProperty("control").GetString()!));
    }

    [Fact]
    public void A_finding_says_where_the_fault_stands()
    {
        var file = X12Samples.File(1);
        var line = X12Samples.SegmentOf(file, "SV1*HC:96372");
        var broken = X12Samples.With(file, line, 3, "QQ");
        var (exit, report) = Check(broken);
        var finding = Assert.Single(FindingsOf(report));
        Assert.Equal(Exit.Found, exit);
        Assert.Equal(("X120069", "C000001", 2),
            (finding.GetProperty("id").GetString(), finding.GetProperty("claim").GetString(),
                finding.GetProperty("snip").GetInt32()));
        var at = finding.GetProperty("x12");
        Assert.Equal((line, 3, "2400[1]/SV1-03"),
            (at.GetProperty("segment").GetInt32(), at.GetProperty("element").GetInt32(),
                at.GetProperty("path").GetString()));
        Assert.Equal(broken.IndexOf("*QQ*", StringComparison.Ordinal) + 1, at.GetProperty("byte").GetInt32());
        Assert.StartsWith("X12P", at.GetProperty("rule").GetString());
        Assert.Equal(1, finding.GetProperty("line").GetInt32());
    }

    [Fact]
    public void A_field_of_the_claim_has_its_box()
    {
        var file = X12Samples.File(1);
        var (_, report) = Check(X12Samples.With(file, X12Samples.SegmentOf(file, "SV1*HC:96372"), 2, "3x"));
        var finding = FindingsOf(report)[0];
        Assert.Equal(("X120068", "charge", "24F", "/lines/0/charge"),
            (finding.GetProperty("id").GetString(), finding.GetProperty("field").GetString(),
                finding.GetProperty("box").GetString(), finding.GetProperty("at").GetString()));
    }

    [Fact]
    public void Findings_are_counted_by_type_of_testing()
    {
        var file = X12Samples.File(1);
        file = X12Samples.With(file, X12Samples.SegmentOf(file, "CLM"), 2, "99");
        file = X12Samples.With(file, X12Samples.SegmentOf(file, "SV1*HC:J3420"), 1, "HC:J1030:JZ");
        file = file.Replace("GE*1*1", "GE*2*1", StringComparison.Ordinal);
        var (_, report) = Check(file);
        Assert.Equal((1, 0, 1, 0, 1), (Count("1"), Count("2"), Count("3"), Count("4"), Count("5")));

        int Count(string type) => report.GetProperty("snip").GetProperty(type).GetInt32();
    }

    [Fact]
    public void What_is_not_supported_is_named_and_the_rest_is_read()
    {
        var file = X12Samples.File(2, perSet: 1);
        var other = X12Samples.With(file, 1, 1, "834");
        var (exit, report) = Check(other);
        Assert.Equal(Exit.PartlyRefused, exit);
        Assert.Equal("X120030", FindingsOf(report)[0].GetProperty("id").GetString());
        Assert.Equal([false, true],
            report.GetProperty("sets").EnumerateArray().Select(s => s.GetProperty("read").GetBoolean()));
        Assert.Equal(Exit.Unreadable, CommandLine.RunWith("hello", "check", "-").Exit);
        Assert.Equal(Exit.Io, CommandLine.Run("check", "no-such-file").Exit);
    }

    [Fact]
    public void Several_files_are_a_list_with_errors_in_their_places()
    {
        var (exit, output, _) = CommandLine.RunWith(X12Samples.File(1), "check", "no-such-file", "-", "--json");
        var reports = JsonDocument.Parse(output).RootElement.EnumerateArray().ToList();
        Assert.Equal(Exit.Io, exit);
        Assert.Equal("there is no such file", reports[0].GetProperty("error").GetProperty("message").GetString());
        Assert.Empty(FindingsOf(reports[1]));
    }

    [Fact]
    public void Text_and_lines_and_sarif_tell_the_same_findings()
    {
        var file = X12Samples.Faulty(30);
        var ids = FindingsOf(Check(file).Report).Select(f => f.GetProperty("id").GetString()!).Order().ToList();
        var (_, lines, _) = CommandLine.RunWith(file, "check", "-", "--jsonl");
        Assert.Equal(ids,
            lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)
            .SelectMany(l => JsonDocument.Parse(l).RootElement.GetProperty("findings").EnumerateArray())
            .Select(f => f.GetProperty("id").GetString()!).Order());
        var (_, sarif, _) = CommandLine.RunWith(file, "check", "-", "--sarif");
        Assert.Equal(ids,
            JsonDocument.Parse(sarif).RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray()
                .Select(r => r.GetProperty("ruleId").GetString()!).Order());
        var (_, text, error) = CommandLine.RunWith(file, "check", "-");
        foreach (var id in ids) Assert.Contains($"[{id};", text, StringComparison.Ordinal);
        Assert.Contains("837P", error, StringComparison.Ordinal);
    }

    [Fact]
    public void No_patient_stands_on_standard_error()
    {
        var file = X12Samples.With(X12Samples.File(1), X12Samples.SegmentOf(X12Samples.File(1), "NM1*IL"), 9, "");
        var (_, _, error) = CommandLine.RunWith(file, "check", "-");
        Assert.DoesNotContain("Field", error, StringComparison.Ordinal);
    }

    static string[] Acknowledge(string file, params string[] more)
    {
        var (_, output, _) = CommandLine.RunWith(file, ["check", "-", "--ack", "--made", "2026-03-06T08:00", .. more]);
        return output.Split('~', StringSplitOptions.RemoveEmptyEntries);
    }

    [Fact]
    public void A_good_file_is_accepted()
    {
        Assert.Equal([
                "ISA*00*          *00*          *ZZ*MEDICARE-B     *ZZ*OAKSTREET  "
                    + "    *260306*0800*^*00501*000000007*0*T*:",
                "GS*FA*MEDICARE-B*OAKSTREET*20260306*0800*7*X*005010X231A1",
                "ST*999*0001*005010X231A1",
                "AK1*HC*1*005010X222A1",
                "AK2*837*0001*005010X222A1",
                "IK5*A",
                "AK2*837*0002*005010X222A1",
                "IK5*A",
                "AK9*A*2*2*2",
                "SE*8*0001",
                "GE*1*7",
                "IEA*1*000000007",
            ], Acknowledge(X12Samples.File(2, perSet: 1), "--control", "7"));
    }

    [Fact]
    public void Each_fault_is_acknowledged_in_its_place_with_what_asked_for_it()
    {
        var file = X12Samples.File(2, perSet: 1);
        var (city, unit) = (X12Samples.SegmentOf(file, "N4*Peoria"), X12Samples.SegmentOf(file, "SV1*HC:96372"));
        file = X12Samples.With(file, unit, 3, "XX");
        file = X12Samples.With(file, unit, 2, "3x");
        // no street: one segment less
        file = file[..X12Samples.OffsetOf(file, city - 1)] + file[X12Samples.OffsetOf(file, city)..];
        var answer = Acknowledge(file);
        var from = Array.IndexOf(answer, "AK2*837*0001*005010X222A1") + 1;
        var clm = X12Samples.SegmentOf(file, "CLM");
        Assert.Equal([
                $"IK3*N3*{city - 1}*2010BA*I6",
                "CTX*SITUATIONAL TRIGGER*SBR*" + X12Samples.SegmentOf(file, "SBR") + "*2000B*2",
                $"IK3*SV1*{unit - 1}*2400*8",
                "CTX*CLM01:C000001",
                "IK4*2*782*6",
                "IK4*3*355*7",
                "IK5*R*4*5",
            ], answer[from..(from + 7)].Select(s => s).ToArray());
        Assert.True(clm < unit);
        Assert.Contains("AK2*837*0002*005010X222A1", answer);
        Assert.Contains("AK9*P*2*2*1", answer);
    }

    [Theory]
    [InlineData("IEA*1*000000001", "IEA*1*000000002", "TA1*000000001*260305*0930*R*001")]
    [InlineData("IEA*1*000000001", "IEA*3*000000001", "TA1*000000001*260305*0930*R*021")]
    [InlineData("IEA*1*000000001~", "", "TA1*000000001*260305*0930*R*023")]
    [InlineData("*00501*", "*00401*", "TA1*000000001*260305*0930*R*017")]
    public void A_fault_of_the_interchange_is_a_TA1(string good, string bad, string verdict)
    {
        var answer = Acknowledge(X12Samples.File(1).Replace(good, bad, StringComparison.Ordinal));
        Assert.Equal([verdict, "IEA*0*000000001"], answer[1..]);
    }

    [Fact]
    public void A_TA1_is_given_where_it_is_asked_for()
    {
        var answer = Acknowledge(X12Samples.File(1).Replace("*0*T*:", "*1*T*:", StringComparison.Ordinal));
        Assert.Equal("TA1*000000001*260305*0930*A*000", answer[1]);
        Assert.StartsWith("GS*FA", answer[2]);
    }

    [Fact]
    public void A_fault_of_the_group_rejects_all_its_sets()
    {
        Assert.Contains("AK9*R*1*1*0*4",
            Acknowledge(X12Samples.File(1).Replace("GE*1*1", "GE*1*2", StringComparison.Ordinal)));
        Assert.Contains("AK9*R*9*1*0*5",
            Acknowledge(X12Samples.File(1).Replace("GE*1*1", "GE*9*1", StringComparison.Ordinal)));
    }

    /// <summary>
    /// A 999 with the verdicts on these sets and on the group: what is told of AK904, and of the group.
    /// </summary>
    [Theory]
    [InlineData("R*4 R*4", "R*2*2*0", "")]
    [InlineData("R*4 R*4", "R*2*2*1", "X120130")]
    [InlineData("A R*4", "R*2*2*0", "X120130")]
    [InlineData("A R*4", "R*2*2*1", "X120132")]
    [InlineData("A A", "R*3*3*1", "X120130 X120133")]
    [InlineData("R*4", "R*2*2*2", "X120130 X120133")]
    [InlineData("R*4", "R*2*2*0*4", "")] // the other one was rejected with the group
    [InlineData("A", "R*2*2*0*4", "X120130")]
    [InlineData("A E*5", "E*2*2*1", "X120130")]
    [InlineData("A", "A*1*1*0", "X120130")]
    [InlineData("A R*4", "P*2*2*2", "X120130")]
    [InlineData("", "R*2*2*0*4", "")]
    [InlineData("", "A*2*2*2", "")]
    public void Sets_accepted_are_counted_whatever_the_verdict_on_the_group(string sets, string group, string ids)
    {
        var verdicts = sets.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(static (v, i) => $"AK2*837*000{i + 1}*005010X222A1~IK5*{v}~").ToList();
        var file = "ISA*00*          *00*          *ZZ*MEDICARE-B     *ZZ*OAKSTREET      "
            + "*260306*0800*^*00501*000000007*0*T*:~GS*FA*MEDICARE-B*OAKSTREET*20260306*0800*7*X*005010X231A1~ST*999*0001*005010X231A1~AK1*HC*1*005010X222A1~"
            + string.Concat(verdicts) + $"AK9*{group}~SE*{4 + (2 * verdicts.Count)}*0001~GE*1*7~IEA*1*000000007~";
        Assert.Equal(ids,
            string.Join(' ',
                FindingsOf(Check(file).Report).Select(static f => f.GetProperty("id").GetString()!).Order()));
    }

    [Fact]
    public void An_acknowledgment_passes_its_own_check_and_is_not_acknowledged()
    {
        var answer = string.Join('~', Acknowledge(X12Samples.With(X12Samples.File(3), 2, 2, "99"))) + "~";
        Assert.Equal(Exit.Clean, Check(answer).Exit);
        Assert.Empty(Acknowledge(answer));
    }

    [Fact]
    public void The_acknowledgment_never_overwrites_what_is_checked()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, X12Samples.File(1));
            var (exit, _, error) = CommandLine.Run("check", file, "--ack", "--output", file);
            Assert.Equal(Exit.Usage, exit);
            Assert.Contains("another file", error, StringComparison.Ordinal);
            Assert.Equal(X12Samples.File(1), File.ReadAllText(file));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Separators_of_the_answer_are_those_of_the_file()
    {
        var writer = new ClaimWriter(X12Samples.Terms with
        {
            Delimiters = new Delimiters((byte)'|', (byte)'>', (byte)'!', (byte)'\'')
        });
        writer.Write(X12Samples.Claim(1));
        writer.Finish();
        var (_, output, _) = CommandLine.RunWith(Encoding.ASCII.GetString(writer.Output.Written), "check", "-",
            "--ack");
        Assert.Contains("'AK9|A|1|1|1'", output, StringComparison.Ordinal);
    }
}
