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

    const int MostAnswer = 4 << 20;

    /// <param name="option">The option that asked for it, for what is said when it fails.</param>
    /// <param name="program">The program and its arguments.</param>
    public static byte[] Ask(string option, IReadOnlyList<string> program, string note)
    {
        InputException Failed(string why) => new(option, $"the program that proposes gave no answer: {why}",
            $"run it by itself, or leave {option} out");
        var start = new ProcessStartInfo(program.Count > 0 ? program[0] : " ")
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false,
            StandardInputEncoding = new UTF8Encoding(false),
        };
        foreach (var argument in program.Skip(1)) start.ArgumentList.Add(argument);
        try
        {
            using var process = Process.Start(start) ?? throw Failed("it did not start");
            var writing = Task.Run(() => Give(process, note));
            var reading = Task.Run(() => Take(process.StandardOutput.BaseStream));
            var isDone = reading.Wait(Patience) && reading.Result is not null && process.WaitForExit(Patience);
            if (!isDone)
            {
                process.Kill(entireProcessTree: true);
                throw Failed(reading is { IsCompleted: true, Result: null } ? "it printed more than 4 MB"
                    : "it took longer than five minutes");
            }
            writing.Wait();
            return process.ExitCode == 0 ? reading.Result! : throw Failed($"it ended with {process.ExitCode}");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw Failed("it was not found, or may not be run");
        }
    }

    /// <summary>All that it prints; null where that is too much.</summary>
    static byte[]? Take(Stream output)
    {
        using var answer = new MemoryStream();
        var part = new byte[65_536];
        while (output.Read(part) is > 0 and var count)
        {
            if (answer.Length + count > MostAnswer) return null;
            answer.Write(part, 0, count);
        }
        return answer.ToArray();
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
}
