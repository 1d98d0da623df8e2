using System.Text.Encodings.Web;
using System.Text.Json;

namespace Benchmarks;

/// <summary>The figures of a run, for programs.</summary>
internal static class JsonOutput
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task WriteAsync<T>(T report, FileInfo? file)
    {
        if (file is not null)
            await File.WriteAllTextAsync(file.FullName, JsonSerializer.Serialize(report, s_json) + "\n");
    }
}
