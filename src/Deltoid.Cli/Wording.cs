using System.Diagnostics;
using System.Text;
using Deltoid.Asking;
using Deltoid.Results;

namespace Deltoid.Cli;

/// <summary>
/// Lets a program of the user word an answer. What it prints is shown only when the answer's facts have each of its
/// codes, numbers and dates; else, and when the program fails or takes too long, the plain answer is.
/// </summary>
static class Wording
{
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    const int MostText = 20_000;

    public static Reply Of(Reply plain, Terminal terminal, string program)
    {
        if (plain.Kind != ReplyKind.Answer) return plain;
        if (Ask(plain, terminal, program) is not { } worded) return plain;
        if (Held.FirstLoose(worded, plain.Facts) is not { Length: > 0 } loose) return plain with { Text = worded };
        terminal.Error.WriteLine($"deltoid: the wording is not shown: '{loose}' is not in the answer");
        return plain;
    }

    static string? Ask(Reply plain, Terminal terminal, string program)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardInput = true, RedirectStandardOutput = true };
        try
        {
            using var process = Process.Start(start);
            if (process is null) return Failed(terminal, "it did not start");
            var text = process.StandardOutput.ReadToEndAsync();
            process.StandardInput.Write(JsonOf(plain, terminal));
            process.StandardInput.Close();
            if (!text.Wait(Longest) || !process.WaitForExit(1000))
            {
                process.Kill();
                return Failed(terminal, "it took too long");
            }
            if (process.ExitCode != 0) return Failed(terminal, "it failed");
            return text.Result.Trim() is { Length: > 0 and < MostText } worded ? worded
                : Failed(terminal, "it printed nothing to use");
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or IOException)
        {
            return Failed(terminal, "it cannot be run");
        }
    }

    static string? Failed(Terminal terminal, string why)
    {
        terminal.Error.WriteLine($"deltoid: the program that words answers: {why}; the plain answer is shown");
        return null;
    }

    static string JsonOf(Reply plain, Terminal terminal)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var json = ResultJson.Writer(buffer, indented: false)) ReplyJson.Write(json, plain, terminal.Book, null);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
