using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MsaAspire.Lab.Results;

/// <summary>The results on disk, one file <c>{experiment}.json</c> each.</summary>
public static class ResultFiles
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        // A division by zero in one figure must not invalidate the whole run.
        NumberHandling = JsonNumberHandling.AllowReadingFromString | JsonNumberHandling.AllowNamedFloatingPointLiterals,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        Converters = { new SamplesConverter(), new ValuesConverter() },
    };

    /// <summary>Writes or replaces a result atomically: a concurrent reader sees either the old one or the new one.</summary>
    /// <returns>The file's path.</returns>
    public static async Task<string> WriteAsync(string folder, Result result, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, $"{result.Experiment}.json");
        var unfinished = $"{path}.tmp";
        await using (var file = File.Create(unfinished))
            await JsonSerializer.SerializeAsync(file, result, s_json, cancellation);
        File.Move(unfinished, path, overwrite: true);
        return path;
    }

    /// <summary>Reads all results of a folder, by file name; none when there is no such folder.</summary>
    /// <exception cref="InvalidDataException">
    /// A JSON file there is not a result of the lab. The message names it and says what to do.
    /// </exception>
    public static async Task<IReadOnlyList<Result>> ReadAsync(string folder, CancellationToken cancellation)
    {
        var results = new List<Result>();
        if (!Directory.Exists(folder))
            return results;
        foreach (var path in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal))
            results.Add(await ReadFileAsync(path, cancellation));
        return results;
    }

    private static async Task<Result> ReadFileAsync(string path, CancellationToken cancellation)
    {
        try
        {
            await using var file = File.OpenRead(path);
            return await JsonSerializer.DeserializeAsync<Result>(file, s_json, cancellation) ?? throw new JsonException("It is null.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException(
                $"{path} is not a result of this version of the lab: {e.Message} Move it away, or repeat the experiment that wrote it.", e);
        }
    }
}
