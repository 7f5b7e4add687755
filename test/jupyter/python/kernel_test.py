"""jupyter_kernel_test's own suite, all of its samples filled in. Prints one line of JSON: which tests passed, which were skipped and why."""

import io
import json
import sys
import unittest

import jupyter_kernel_test as jkt

IMPORT = "import { display, clearOutput } from 'patchbay';"


class PatchbayTests(jkt.KernelTests):
    kernel_name = "patchbay"
    language_name = "typescript"
    file_extension = ".ts"
    code_hello_world = "console.log('hello, world')"
    code_stderr = "console.error('something went wrong')"
    code_generate_error = "throw new Error('on purpose')"
    completion_samples = [
        {"text": "Math.roun", "matches": {"round"}},
        {"text": "const numbers = [1, 2]; numbers.findLastIn", "matches": {"findLastIndex"}},
        {"text": "zzz"},
    ]
    complete_code_samples = ["1", "const a = [1, 2]", "function f(x: number) {\n  return x * 2;\n}", "await Promise.resolve(1)"]
    incomplete_code_samples = ["function f(x: number) {", "[1, 2,", "const text = `one", "if (true) {\n  1"]
    invalid_code_samples = ["const const", ")", "let 1a = 2", "'one"]
    code_execute_result = [
        {"code": "1 + 2 + 3", "result": "6"},
        {"code": "'a'.repeat(3)", "result": "'aaa'"},
        {"code": "[1, 2, 3].map((n: number) => n * n)", "result": "[ 1, 4, 9 ]"},
        {"code": "await new Promise((resolve) => setTimeout(() => resolve(5), 10))", "result": "5"},
    ]
    code_display_data = [
        {"code": f"{IMPORT} display.html('<b>bold</b>')", "mime": "text/html"},
        {"code": "display({ 'image/svg+xml': '<svg/>' })", "mime": "image/svg+xml"},
        {"code": "display.png(Buffer.from('iVBORw0KGgo=', 'base64'))", "mime": "image/png"},
    ]
    code_history_pattern = "1 ? 2*"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "Math.max"
    code_clear_output = f"{IMPORT} clearOutput()"


class PatchbayWelcomeTests(jkt.IopubWelcomeTests):
    kernel_name = "patchbay"
    support_iopub_welcome = True


class Result(unittest.TextTestResult):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.passed = []

    def addSuccess(self, test):
        super().addSuccess(test)
        self.passed.append(test._testMethodName)


loader = unittest.TestLoader()
suite = unittest.TestSuite(loader.loadTestsFromTestCase(case) for case in (PatchbayTests, PatchbayWelcomeTests))
log = io.StringIO()
result = unittest.TextTestRunner(stream=log, verbosity=2, resultclass=Result).run(suite)
bad = [(str(test), trace) for test, trace in result.failures + result.errors]
skipped = [(str(getattr(test, "_testMethodName", test)), reason) for test, reason in result.skipped]
print(json.dumps({"passed": result.passed, "failed": bad, "skipped": skipped, "log": log.getvalue()}))
sys.exit(0)
