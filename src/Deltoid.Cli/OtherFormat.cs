using Deltoid.Values;

namespace Deltoid.Cli;

/// <summary>
/// Files that are no X12 as they come, known by how they begin: what each is, and what to do with it.
/// </summary>
static class OtherFormat
{
    static readonly (byte[] Begin, string Words, string Fix)[] Known =
    [
        ([0xFF, 0xFE], "this is text in UTF-16", "save it as ASCII or UTF-8: iconv -f UTF-16 -t ASCII FILE"),
        ([0xFE, 0xFF], "this is text in UTF-16", "save it as ASCII or UTF-8: iconv -f UTF-16 -t ASCII FILE"),
        ([.. "I\0S\0A\0"u8], "this is X12 in UTF-16 without a mark",
            "save it as ASCII or UTF-8: iconv -f UTF-16LE -t ASCII FILE"),
        ([.. "\0I\0S\0A"u8], "this is X12 in UTF-16 without a mark",
            "save it as ASCII or UTF-8: iconv -f UTF-16BE -t ASCII FILE"),
        ([0xC9, 0xE2, 0xC1], "this is X12 in EBCDIC", "convert it to ASCII: iconv -f IBM037 -t ASCII FILE"),
        ([0x1F, 0x8B], "this is a gzip file", "unpack it: gzip -dc FILE | deltoid check -"),
        ([0x50, 0x4B, 0x03, 0x04], "this is a zip archive", "unpack it, then give the files in it"),
        ([0x50, 0x4B, 0x05, 0x06], "this is an empty zip archive", "give the files that were to be in it"),
        ([0x28, 0xB5, 0x2F, 0xFD], "this is a zstd file", "unpack it: zstd -dc FILE | deltoid check -"),
        ([0x42, 0x5A, 0x68], "this is a bzip2 file", "unpack it: bzip2 -dc FILE | deltoid check -"),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], "this is an xz file", "unpack it: xz -dc FILE | deltoid check -"),
        ([0x37, 0x7A, 0xBC, 0xAF], "this is a 7z archive", "unpack it, then give the files in it"),
        ([.. "%PDF"u8], "this is a PDF", "ask the sender for the X12 file"),
        ([.. "MSH|"u8], "this is an HL7 version 2 message", "ask for X12: HL7 carries orders and results, not claims"),
        ([.. "UNA"u8], "this is EDIFACT", "ask the sender for X12"),
        ([.. "UNB+"u8], "this is EDIFACT", "ask the sender for X12"),
        ([.. "-----BEGIN PGP"u8], "this is encrypted with PGP", "decrypt it: gpg -d FILE | deltoid check -"),
        ([0x85, 0x01], "this is encrypted with PGP", "decrypt it: gpg -d FILE | deltoid check -"),
        ([0x85, 0x02], "this is encrypted with PGP", "decrypt it: gpg -d FILE | deltoid check -"),
        ([.. "<!DOCTYPE"u8], "this is a web page", "download the X12 file itself"),
        ([.. "<html"u8], "this is a web page", "download the X12 file itself"),
        ([.. "<HTML"u8], "this is a web page", "download the X12 file itself"),
        ([.. "<?xml"u8], "this is XML", "ask the sender for X12"),
        ([.. "isa*"u8], "this is X12 in small letters",
            "ask the sender for the file as X12 has it, in capital letters"),
    ];

    /// <summary>What is said of a file that begins so; null where it is none of these.</summary>
    public static InputException? Of(string file, ReadOnlySpan<byte> start)
    {
        var text = start.TrimStart(" \t\r\n"u8);
        foreach (var (begin, words, fix) in Known)
            if (start.StartsWith(begin) || text.StartsWith(begin))
                return new("", words, fix.Replace("FILE", file, StringComparison.Ordinal));
        return null;
    }
}
