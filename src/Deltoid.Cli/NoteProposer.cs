using System.Diagnostics;
using System.Text;
using Deltoid.Values;

namespace Deltoid.Cli;

/// <summary>
/// Asks a program of the user's own for proposals: it gets the note on its standard input and prints evidence entries.
/// It runs only when it is named, and on this machine.
/// </summary>
static class NoteProposer
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public static byte[] Ask(string command, string note)
    {
        var parts = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var start = new ProcessStartInfo(parts.Length > 0 ? parts[0] : command)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false,
            StandardInputEncoding = new UTF8Encoding(false),
        };
        foreach (var argument in parts.AsSpan(Math.Min(1, parts.Length))) start.ArgumentList.Add(argument);
        try
        {
            using var process = Process.Start(start) ?? throw Failed("it did not start");
            var writing = Task.Run(() => Give(process, note));
            using var answer = new MemoryStream();
            process.StandardOutput.BaseStream.CopyTo(answer);
            if (!process.WaitForExit(Patience))
            {
                process.Kill(entireProcessTree: true);
                throw Failed("it took longer than five minutes");
            }
            writing.Wait();
            return process.ExitCode == 0 ? answer.ToArray() : throw Failed($"it ended with {process.ExitCode}");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw Failed("it was not found, or may not be run");
        }
    }

    /// <summary>A program that reads nothing of the note is no fault.</summary>
    static void Give(Process process, string note)
    {
        try
        {
            process.StandardInput.Write(note);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // it closed its input before the note was through
        }
    }

    static InputException Failed(string why) =>
        new("--propose", $"the program that proposes gave no answer: {why}",
            "run it by itself, or leave --propose out");
}
