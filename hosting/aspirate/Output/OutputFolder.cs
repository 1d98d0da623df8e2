using System.Security.Cryptography;

namespace MsaAspire.Aspirate.Output;

/// <summary>The folder of a tree on disk. It is replaced completely or not at all, and never deletes a file that was not written by an export.</summary>
internal sealed class OutputFolder
{
    /// <summary>Lists what an export wrote: a digest and a path in each line.</summary>
    private const string ListFile = ".aspirate";

    /// <summary>Stands for the digest of a secret's file, which must not be guessed from it.</summary>
    private const string NoDigest = "-";

    private readonly string _path;

    private OutputFolder(string path) => _path = path;

    /// <summary>The folder at <paramref name="path"/>, if it may be written.</summary>
    /// <param name="path">It need not exist.</param>
    /// <param name="force">Files of an earlier export may have been changed.</param>
    /// <exception cref="AspirateException">It holds other files, or files that somebody changed.</exception>
    public static OutputFolder Open(string path, bool force)
    {
        var folder = new OutputFolder(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));
        folder.Check(force);
        return folder;
    }

    /// <summary>Replaces the content.</summary>
    public void Write(Tree tree)
    {
        string written = $"{_path}.{Environment.ProcessId}.new", old = $"{_path}.{Environment.ProcessId}.old";
        try
        {
            WriteTo(written, tree);
            if (Directory.Exists(_path))
                Directory.Move(_path, old);
            Directory.Move(written, _path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (Directory.Exists(old) && !Directory.Exists(_path))
                Directory.Move(old, _path);
            throw new AspirateException(
                $"The output folder {_path} cannot be written: {e.Message} Nothing in it was changed. Give another with --output-path.", e);
        }
        finally
        {
            Remove(written);
            Remove(old);
        }
    }

    private static void WriteTo(string folder, Tree tree)
    {
        foreach (var (path, content) in tree.Files)
        {
            var full = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (Tree.IsSecret(path) && !OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using var file = new FileStream(full, options);
            file.Write(content);
        }

        File.WriteAllLines(Path.Combine(folder, ListFile), tree.Files.Select(f => $"{(Tree.IsSecret(f.Key) ? NoDigest : Digest(f.Value))}  {f.Key}"));
    }

    private void Check(bool force)
    {
        if (File.Exists(_path))
            throw new AspirateException($"The output folder {_path} is a file. Give another with --output-path.");
        if (!Directory.Exists(_path))
            return;
        var present = Directory.EnumerateFiles(_path, "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(_path, f).Replace('\\', '/'))
            .Where(f => f != ListFile)
            .ToList();
        var listed = Listed();
        var others = present.Where(f => !listed.ContainsKey(f)).Order(StringComparer.Ordinal).ToList();
        if (others.Count > 0)
        {
            throw new AspirateException(
                $"The output folder {_path} has files that were not written by an export: {Some(others)}. "
                + "Move them away (an overlay of your own may refer to the tree from outside), or give another folder with --output-path.");
        }

        var changed = present
            .Where(f => listed[f] != NoDigest && listed[f] != Digest(File.ReadAllBytes(Path.Combine(_path, f))))
            .Order(StringComparer.Ordinal)
            .ToList();
        if (changed.Count > 0 && !force)
        {
            throw new AspirateException(
                $"In the output folder {_path} {Some(changed)} changed since the export. "
                + $"Put the change into {Settings.AspirateSettings.FileName} or an overlay of your own, or give --force to lose it.");
        }
    }

    private Dictionary<string, string> Listed()
    {
        var list = Path.Combine(_path, ListFile);
        return File.Exists(list)
            ? File.ReadLines(list)
                .Select(line => line.Split("  ", 2))
                .Where(l => l.Length == 2)
                .ToDictionary(l => l[1], l => l[0], StringComparer.Ordinal)
            : [];
    }

    private static string Some(List<string> files)
    {
        const int most = 3;
        return string.Join(", ", files.Take(most)) + (files.Count > most ? $" and {files.Count - most} more" : "");
    }

    private static string Digest(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }
}
