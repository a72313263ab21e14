using System.IO.Compression;
using Deltoid.Codes.Official;

namespace Deltoid.Books;

/// <summary>The first sheet of an .xlsx as comma-separated text, so that a table is read the same way whatever it came in.</summary>
static class Spreadsheet
{
    /// <exception cref="OfficialFileException">It is not a workbook, or larger than one may be.</exception>
    public static ReadOnlyMemory<byte> Text(ZipArchive zip) => throw new OfficialFileException(0, $"is a spreadsheet of {zip.Entries.Count} parts, which is not read yet", "give the text or CSV file of the same release");
}
